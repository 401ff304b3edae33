"""A text in pieces as short as its sentences and bullets, each with the heading that it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<!\d)[.!?…]+[\"'”’)\]]*(?=\s|$)|\n")
WRAPPED = re.compile(r"[ \t>]*[a-z]")  # a line that begins so goes on with the sentence of the line before
BULLET = re.compile(r"[\s>]*([-–—•*·»✓✔✅❌►▪◦|+]|\d{1,2}[.)]|\(?[a-z]\))\s")
MAX_HEADING_CHARS = 70
BLANK_LINE = re.compile(r"\n[ \t>]*\n")


@dataclass(frozen=True)
class TextPiece:
    """A sentence or bullet: `text` is the original text from `start` to `end`; `heading` governs it, `title` the whole text."""

    text: str
    start: int
    end: int
    heading: str
    title: str

    @property
    def is_question(self) -> bool:
        """Tell whether it asks."""
        return self.text.rstrip("\"'”’)] ").endswith("?")


def read_pieces(text: str) -> Iterator[TextPiece]:
    """Yield the pieces of a text in order."""
    heading = title = ""
    end_before, was_bullet, heading_was_last = 0, False, False
    for start, end in _places(text):
        words = text[start:end]
        begins = not title or bool(BLANK_LINE.search(text[end_before:start]))
        is_bullet = bool(BULLET.match(text[text.rfind("\n", 0, start) + 1 : end] + " "))
        title = title or words
        if not is_bullet and (was_bullet or (begins and not heading_was_last)):
            heading = ""
        heading_was_last = not is_bullet and _is_heading(words, begins=begins)
        if heading_was_last:
            heading = words
        after_bullet = start + len(bullet.group()) if (bullet := BULLET.match(words)) else start
        above = (heading if heading != words else "", title if title != words else "")
        yield TextPiece(text[after_bullet:end], after_bullet, end, *above)
        end_before, was_bullet = end, is_bullet


def _places(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [*_ends(text), len(text)]:
        words = text[start:end]
        if any(letter.isalnum() for letter in words):
            first = start + len(words) - len(words.lstrip())
            yield first, start + len(words.rstrip())
            start = end
    return


def _ends(text: str) -> Iterator[int]:
    for match in SENTENCE_END.finditer(text):
        if match.group() != "\n" or not WRAPPED.match(text, match.end()):
            yield match.end()


def _is_heading(words: str, *, begins: bool) -> bool:
    plain = words.strip().strip("*#_= ")
    is_short = 0 < len(plain) <= MAX_HEADING_CHARS
    return is_short and (plain.endswith(":") or (begins and plain[-1] not in ".!?…,;\"'”’)"))
