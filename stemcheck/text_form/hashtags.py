"""Hashtags as the words they are made of: "#StemCellsCureMS" as "Stem Cells Cure MS"."""

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml

from stemcheck.settings import load_settings
from stemcheck.text_form.mapped_text import Edit, MappedText

HASHTAG = re.compile(r"(?<![\w&#/])#(?=\w{0,99}[^\W\d_])(\w{2,100})")
# between "Cure" and "MS", between "MS" and "Cured", between a letter and a figure; after an underline
BORDER = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Za-z])")
FILE = "lexicon/hashtag-words.yml"
MAX_WORD_CHARS = 16


def split_hashtags(form: MappedText) -> MappedText:
    """Return the text with hashtags as words. A tag that is not made of known words stays one word."""
    return form.replace(_split(form.text)) if "#" in form.text else form


def _split(text: str) -> Iterator[Edit]:
    for match in HASHTAG.finditer(text):
        yield Edit(match.start(), match.start(1), "")
        tag, start = match.group(1), match.start(1)
        borders = [border.start() for border in BORDER.finditer(tag)] or _borders_of_words(tag.lower())
        underlines = [place for place, letter in enumerate(tag) if letter == "_"]
        edits = [
            *(Edit(start + at, start + at, " ") for at in borders),
            *(Edit(start + at, start + at + 1, " ") for at in underlines),
        ]
        yield from sorted(edits, key=lambda edit: edit.start)


def _borders_of_words(tag: str) -> list[int]:
    """Return where the known words begin that make up a tag, the fewest of them; nothing where it is not made of them."""
    words = _load_words()
    best: list[list[int] | None] = [[]]
    for end in range(1, len(tag) + 1):
        starts = range(max(0, end - MAX_WORD_CHARS), end)
        ways = [[*found, start] for start in starts if (found := best[start]) is not None and tag[start:end] in words]
        best.append(min(ways, key=len, default=None))
    return (best[-1] or [])[1:]


@lru_cache(maxsize=1)
def _load_words() -> frozenset[str]:
    path = load_settings().data_folder / FILE
    stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return frozenset(str(word).lower() for word in stored["words"])
