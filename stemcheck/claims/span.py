"""Which words of a sentence make the claim: where the claim type's attention lies, widened to the clause."""

import re
from collections.abc import Sequence

import numpy as np

from stemcheck.model.heads import Floats

# a clause ends at these; "and" alone parts two claims too often inside one thought
BREAK = re.compile(r"[,;:.!?…–—]\s+|\s[-–—]\s|\s\bbut\b\s|\n+")
ENOUGH = 0.6  # share of the attention that the chosen clauses must hold


def find_span(text: str, attention: Floats, offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return start and end of the fewest neighbouring clauses that hold most of the attention."""
    clauses = split_clauses(text)
    shares = np.zeros(len(clauses))
    for weight, (start, end) in zip(attention, offsets, strict=True):
        if end > start:
            shares[_clause_at(clauses, start)] += weight
    if shares.sum() <= 0:
        return 0, len(text)
    shares /= shares.sum()
    first = last = int(shares.argmax())
    while shares[first : last + 1].sum() < ENOUGH:
        before = shares[first - 1] if first > 0 else -1.0
        after = shares[last + 1] if last + 1 < len(clauses) else -1.0
        first, last = (first - 1, last) if before > after else (first, last + 1)
    return _trim(text, clauses[first][0], clauses[last][1])


def split_clauses(text: str) -> list[tuple[int, int]]:
    """Return the places of a sentence's clauses, in order and without gaps."""
    ends = [match.end() for match in BREAK.finditer(text) if match.end() < len(text)] + [len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _clause_at(clauses: Sequence[tuple[int, int]], place: int) -> int:
    return next((number for number, (_, end) in enumerate(clauses) if place < end), len(clauses) - 1)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \t\n,;:–—-"))
    right = len(piece.rstrip(" \t\n,;:–—-"))
    return start + left, start + max(left + 1, right)
