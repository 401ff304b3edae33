"""Claims marked in the visitor's own text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and the numbers of the claims that it belongs to."""

    text: str
    claims: tuple[int, ...] = ()


def mark_of(claims: Sequence[dict[str, Any]]) -> str:
    """Return the style of a piece with these claims: red (no name) if one is flagged, or was found and never judged."""
    sure = [claim for claim in claims if not claim.get("is_possible")]
    if not sure:
        return "possible"
    judged = [claim["judged"].get("flagged") for claim in sure if claim.get("judged")]
    return "unflagged" if len(judged) == len(sure) and not any(judged) else ""


def mark_claims(text: str, claims: Sequence[dict[str, Any]]) -> list[Piece]:
    """Return a text in pieces; claims are numbered from 1 and may overlap. A place outside of the text is left out."""
    spans = [(max(0, int(claim.get("start", 0))), min(len(text), int(claim.get("end", 0)))) for claim in claims]
    borders = sorted({0, len(text), *(place for span in spans if span[0] < span[1] for place in span)})
    pieces = []
    for start, end in pairwise(borders):
        inside = tuple(number for number, span in enumerate(spans, 1) if span[0] <= start and end <= span[1])
        pieces.append(Piece(text[start:end], inside))
    return pieces
