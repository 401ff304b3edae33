"""A text that is changed step by step and still knows where each of its letters stood in the original."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A letter may become several ("ﷺ" has eighteen in plain form). No step makes a text longer than this, or than it came.
MAX_CHARS = 8000


@dataclass(frozen=True)
class Edit:
    """What stands at `start` to `end` of a text becomes `text`; an empty place is an insertion."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class MappedText:
    """A text, and for each of its characters where it began and ended in the original, in code points."""

    text: str
    original: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to `end` stand in the original. An empty stretch stays empty."""
        if start >= end:
            before = self.starts[start] if start < len(self.starts) else len(self.original)
            return before, before
        return self.starts[start], self.ends[end - 1]

    def replace(self, edits: Iterable[Edit]) -> MappedText:
        """Return the text with the edits made. They come in order and do not overlap; one that makes it too long is left out."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done, room = 0, max(len(self.original), MAX_CHARS) - len(self.text)
        for edit in edits:
            growth = len(edit.text) - (edit.end - edit.start)
            if growth > room:
                continue
            room -= growth
            begin, finish = self._place_of(edit)
            pieces += (self.text[done : edit.start], edit.text)
            starts += (*self.starts[done : edit.start], *[begin] * len(edit.text))
            ends += (*self.ends[done : edit.start], *[finish] * len(edit.text))
            done = edit.end
        if not done and not pieces:
            return self
        pieces.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return MappedText("".join(pieces), self.original, starts, ends)

    def _place_of(self, edit: Edit) -> tuple[int, int]:
        if edit.start < edit.end:
            return self.starts[edit.start], self.ends[edit.end - 1]
        # an inserted letter has no place of its own: it begins and ends where the letter before it ended
        before = self.ends[edit.start - 1] if edit.start else 0
        place = min(before, self.starts[edit.start]) if edit.start < len(self.starts) else before
        return place, place


def mapped(text: str) -> MappedText:
    """Return a text as it is, each character in its place."""
    return MappedText(text, text, range(len(text)), range(1, len(text) + 1))
