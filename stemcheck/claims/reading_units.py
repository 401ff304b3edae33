"""What is read as one: as many neighbouring sentences as make a short text, and each of them by itself.

A sentence alone misses what its neighbours do to it ("… . That is a myth."); a dense piece hides one claim behind another.
So both are read, and the piece counts a little more. Measured in docs/decisions/0002.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stemcheck.claims.sentences import Sentence

LONGEST = 220  # characters of a piece


@dataclass(frozen=True)
class Unit:
    """A piece of the text from `start` on, and its sentences if it has more than one."""

    text: str
    start: int
    sentences: tuple[Sentence, ...] = ()

    def texts(self) -> list[str]:
        """Return what the network reads: the piece, then its sentences."""
        return [self.text, *(sentence.text for sentence in self.sentences)]


def reading_units(text: str, sentences: Sequence[Sentence]) -> list[Unit]:
    """Return the pieces in order; a sentence that is longer stays whole. A text without a letter has none."""
    pieces: list[list[Sentence]] = []
    for sentence in sentences:
        if pieces and sentence.end - pieces[-1][0].start <= LONGEST:
            pieces[-1].append(sentence)
        else:
            pieces.append([sentence])
    return [_unit(text, piece) for piece in pieces]


def _unit(text: str, piece: list[Sentence]) -> Unit:
    start, end = piece[0].start, piece[-1].end
    return Unit(text[start:end], start, tuple(piece) if len(piece) > 1 else ())
