"""What is read as one: as many neighbouring sentences as make a short text.

A sentence alone misses what its neighbours do to it ("… . That is a myth."); a whole advert is too much for one reading.
Pieces of about 220 characters measured best of sentences, pieces of 150 to 350, and windows (docs/decisions/0002).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stemcheck.claims.sentences import Sentence

LONGEST = 220  # characters


@dataclass(frozen=True)
class Unit:
    """A piece of the text that the network reads at once, from `start` on."""

    text: str
    start: int


def reading_units(text: str, sentences: Sequence[Sentence]) -> list[Unit]:
    """Return the pieces in order; a sentence that is longer stays whole. A text without a letter has none."""
    places: list[tuple[int, int]] = []
    for sentence in sentences:
        if places and sentence.end - places[-1][0] <= LONGEST:
            places[-1] = (places[-1][0], sentence.end)
        else:
            places.append((sentence.start, sentence.end))
    return [Unit(text[start:end], start) for start, end in places]
