"""A text cut into pieces wherever something in it is marked: claims under their numbers, red flags under their letters."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["flagged", "fair", "sign"]


@dataclass(frozen=True)
class Mark:
    """A marked place, in code points. `label` is what stands behind it ("1", "A"), `target` the id of its card."""

    start: int
    end: int
    label: str
    target: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class MarkedPiece:
    """A stretch of the text under the same marks; `ends` are those that end with it."""

    text: str
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]

    @property
    def kind(self) -> str:
        """Return the gravest kind of its marks, or nothing."""
        kinds = {mark.kind for mark in self.marks}
        return next((kind for kind in ("flagged", "sign", "fair") if kind in kinds), "")

    @property
    def title(self) -> str:
        """Return the marks in words."""
        return "; ".join(dict.fromkeys(mark.title for mark in self.marks))


def cut_text(text: str, marks: Iterable[Mark]) -> Iterator[MarkedPiece]:
    """Yield the text in pieces, cut wherever a mark begins or ends; marks may overlap."""
    known = list(marks)
    places = sorted({0, len(text), *(place for mark in known for place in (mark.start, mark.end))})
    for start, end in itertools.pairwise(places):
        over = tuple(mark for mark in known if mark.start <= start and end <= mark.end)
        yield MarkedPiece(text[start:end], over, tuple(mark for mark in known if mark.end == end))
