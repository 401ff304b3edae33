"""What is read as one: a short message as a whole, a longer text sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from stemcheck.claims.sentences import Sentence

WHOLE = 220  # characters; "They say it is approved. True?" is understood only as a whole


@dataclass(frozen=True)
class Unit:
    """A piece of the text that the network reads at once, from `start` on."""

    text: str
    start: int


def reading_units(text: str, sentences: Sequence[Sentence]) -> list[Unit]:
    """Return the pieces in order. A text without a letter has none."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    if end - start <= WHOLE:
        return [Unit(text[start:end], start)]
    return [Unit(sentence.text, sentence.start) for sentence in sentences]
