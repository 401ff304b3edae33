"""A message in a list: shortened around what was looked for, which is marked."""

import re
from dataclasses import dataclass

from stemcheck.storage.turn_index import phrases_of
from stemcheck.web.review.words import shorten

AROUND = 60  # letters before the first hit
LETTERS = 140


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it was looked for."""

    text: str
    is_hit: bool = False


def mark_hits(text: str, asked: str) -> list[Piece]:
    """Return a text, shortened, in pieces: words and phrases that were asked for are hits."""
    flat = " ".join(text.split())
    pattern = _pattern(asked)
    first = pattern.search(flat) if pattern else None
    if not pattern or not first:
        return [Piece(shorten(text, LETTERS))]
    start = flat.rfind(" ", 0, max(0, first.start() - AROUND)) + 1 if first.start() > AROUND else 0
    shown = shorten(flat[start:], LETTERS)
    pieces, place = [Piece("… ")] if start else [], 0
    for hit in pattern.finditer(shown):
        pieces += [Piece(shown[place : hit.start()]), Piece(hit.group(), is_hit=True)]
        place = hit.end()
    return [piece for piece in [*pieces, Piece(shown[place:])] if piece.text]


def _pattern(asked: str) -> "re.Pattern[str] | None":
    """Return what finds the words as the index does: a word alone is a beginning, quoted words are a phrase."""
    if not asked.strip():
        return None
    found = [
        r"\W+".join(map(re.escape, words)) + (r"\w*" if is_open else r"\b") for words, is_open in phrases_of(asked)
    ]
    return re.compile(rf"\b(?:{'|'.join(found)})", re.IGNORECASE)
