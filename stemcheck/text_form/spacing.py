"""Blanks and line ends in one form: one blank between words, "\\n" between lines, at most one empty line."""

import re
from collections.abc import Iterator

from stemcheck.text_form.mapped_text import Edit, MappedText

BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r]|\A[ \n]|[ \n]\Z")
SPACED_OUT = re.compile(r"(?<![\w'’])[A-Za-z](?: [A-Za-z]){3,}(?![\w'’])")


def tidy_spaces(form: MappedText) -> MappedText:
    """Return the text without needless blanks. A tab inside a line parts cells of a table and becomes " | "."""
    return form.replace(_tidied(form.text))


def join_spaced_letters(form: MappedText) -> MappedText:
    """Return the text with "C U R E" as "CURE"; two blanks part two such words, so this comes before blanks are tidied."""
    found = SPACED_OUT.finditer(form.text)
    return form.replace(
        Edit(place, place + 1, "") for match in found for place in range(match.start() + 1, match.end(), 2)
    )


def _tidied(text: str) -> Iterator[Edit]:
    for match in BLANKS.finditer(text):
        found = match.group()
        if match.start() == 0 or match.end() == len(text):
            new = ""
        elif "\n" in found or "\r" in found:
            new = "\n\n" if _count_lines(found) > 1 else "\n"
        else:
            new = " | " if "\t" in found else " "
        if new != found:
            yield Edit(match.start(), match.end(), new)


def _count_lines(blanks: str) -> int:
    return blanks.replace("\r\n", "\n").replace("\r", "\n").count("\n")
