"""Patterns searched in time that grows with the text and no faster, whoever wrote the text.

RE2 reads each letter once. Where a pattern looks around, RE2 finds its parts as if it did not, and what stands around is
read then: a bounded piece for each place found.
"""

import heapq
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import re2

from stemcheck.content.pattern_parts import Look, PatternRefused, Sequence, take_apart
from stemcheck.content.problems import Problem

MAX_LOOK_CHARS = 400  # how far what is looked for ahead may reach from where it must have begun
MEMORY_BYTES = 2 << 20  # that RE2 may take for one pattern
CUT = b" | "  # left where a figure of speech stood
Span = tuple[int, int]


class LinearPattern:
    """A compiled pattern; it reads the bytes of `as_letters`. Raises PatternRefused when linear time cannot be promised."""

    def __init__(self, pattern: str) -> None:
        self._sequences = tuple(_Parts(sequence) for sequence in take_apart(pattern))

    def is_in(self, letters: bytes) -> bool:
        """Return whether the pattern stands anywhere in a text."""
        return any(parts.find(letters, 0, len(letters)) for parts in self._sequences)

    def cut(self, letters: bytes, mark: bytes) -> bytes:
        """Return a text with each place of the pattern replaced by a mark."""
        pieces, place = [], 0
        for start, end in self._spans(letters):
            pieces += [letters[place:start], mark]
            place = end
        return b"".join([*pieces, letters[place:]])

    def _spans(self, letters: bytes) -> Iterator[Span]:
        """Yield the places, none over another: the leftmost first, of two that begin together the one written first."""
        place = 0
        waiting: list[tuple[int, int, int]] = []

        def look_on(number: int) -> None:
            if span := self._sequences[number].find(letters, place, len(letters)):
                heapq.heappush(waiting, (span[0], number, span[1]))

        for number in range(len(self._sequences)):
            look_on(number)
        while waiting:
            start, number, end = heapq.heappop(waiting)
            if start >= place:
                yield start, end
                place = max(end, start + 1)
            look_on(number)


class _Parts:
    """One sequence of a pattern: its texts as one, to find places, and each part, to see what stands around."""

    def __init__(self, sequence: Sequence) -> None:
        texts = [part for part in sequence if isinstance(part, str)]
        self._whole = _compile("".join(texts))
        self._parts = [_compile(part) if isinstance(part, str) else _LookAround(part) for part in sequence]
        self._is_plain = len(self._parts) == 1 == len(texts)

    def find(self, letters: bytes, start: int, end: int) -> Span | None:
        """Return the first place at or after `start`, or None."""
        for match in self._whole.finditer(letters, start, end):
            span: Span | None = match.span() if self._is_plain else self.at(letters, match.start(), end)
            if span:
                return span
        return None

    def at(self, letters: bytes, start: int, end: int) -> Span | None:
        """Return the place that begins at `start`, or None."""
        place = start
        for part in self._parts:
            if isinstance(part, _LookAround):
                if not part.fits(letters, place):
                    return None
            elif match := part.match(letters, place, end):
                place = match.end()
            else:
                return None
        return start, place


class _LookAround:
    """What must stand, or must not, before or after a place."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._run = _compile(look.run)
        self._sequences = tuple(_Parts(sequence) for sequence in look.sequences)

    def fits(self, letters: bytes, place: int) -> bool:
        """Return whether it is as wanted at a place."""
        is_there = self._is_behind(letters, place) if self._look.is_behind else self._is_ahead(letters, place)
        return is_there == self._look.is_wanted

    def _is_behind(self, letters: bytes, place: int) -> bool:
        start = place - self._look.width
        return start >= 0 and any(parts.at(letters, start, place) for parts in self._sequences)

    def _is_ahead(self, letters: bytes, place: int) -> bool:
        last = self._run.match(letters, place).end()
        if not self._look.run:
            return any(parts.at(letters, place, len(letters)) for parts in self._sequences)
        end = min(len(letters), last + MAX_LOOK_CHARS)
        found = (parts.find(letters, place, end) for parts in self._sequences)
        return any(span and span[0] <= last for span in found)


@lru_cache(maxsize=256)
def join(patterns: tuple[str, ...]) -> LinearPattern | None:
    """Return one pattern that is where any of them is, kept for the next time; None of none. Raises PatternRefused."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return LinearPattern(joined) if joined else None


def has_sign(letters: bytes, signs: tuple[str, ...], harmless: tuple[str, ...]) -> bool:
    """Tell whether one of the `signs` is in a text once what is harmless is cut out."""
    # Only the figure of speech is cut out: "I'm dying to know, and I want to die" still counts.
    figures, found = join(harmless), join(signs)
    return bool(found and found.is_in(figures.cut(letters, CUT) if figures else letters))


def find_refused(file: str, id: str, patterns: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every pattern that is no regular expression, or none that is read in linear time."""
    for pattern in patterns:
        try:
            LinearPattern(pattern)
        except PatternRefused as refused:
            yield Problem(file, id, f"the pattern {pattern!r} cannot be used: {refused}", refused.remedy)


def _compile(text: str) -> Any:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.log_errors = False
    options.max_mem = MEMORY_BYTES
    try:
        return re2.compile(text.encode("latin-1"), options)
    except re2.error as error:
        raise PatternRefused(f"RE2 cannot read it: {error}", "Make it simpler, or two of it") from None
