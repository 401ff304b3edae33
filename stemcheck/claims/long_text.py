"""The claims of a text that is longer than a message: read in parts, each of which ends with a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from stemcheck.claims.found_claim import FoundClaim

MAX_PART_CHARS = 8000
# the best place to split first: between paragraphs, lines, sentences, words
ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s"), re.compile(r"\s"))


class TextsFinder(Protocol):
    """What finds the claims of many texts."""

    def find_in_all(self, texts: list[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""


def find_in_long_texts(finder: TextsFinder, texts: Sequence[str]) -> list[list[FoundClaim]]:
    """Return the claims of each text, whatever its length, with their places in the whole of it."""
    parts = [(number, *part) for number, text in enumerate(texts) for part in split_long_text(text)]
    found: list[list[FoundClaim]] = [[] for _ in texts]
    for (number, start, _), claims in zip(parts, finder.find_in_all([part for *_, part in parts]), strict=True):
        found[number] += _moved(claims, start)
    return found


def split_long_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield parts of at most MAX_PART_CHARS and where each begins; together they are the text."""
    start = 0
    while len(text) - start > MAX_PART_CHARS:
        end = start + _end_of_part(text[start : start + MAX_PART_CHARS])
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _end_of_part(part: str) -> int:
    for end in ENDS:
        # not before the middle: else an early blank line would leave a part of one heading
        last = max((match.end() for match in end.finditer(part, MAX_PART_CHARS // 2)), default=0)
        if last:
            return last
    return len(part)


def _moved(claims: Sequence[FoundClaim], start: int) -> Iterator[FoundClaim]:
    for claim in claims:
        yield replace(claim, start=claim.start + start, end=claim.end + start) if start else claim
