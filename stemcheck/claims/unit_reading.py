"""Read pieces of texts to their end: what the network cannot take at once is read as a piece of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stemcheck.claims.reading_units import Unit
from stemcheck.claims.span import find_span
from stemcheck.model.encoder import MAX_TOKENS
from stemcheck.model.heads import Floats
from stemcheck.model.inference import Prediction, Predictor

PIECE = 0.5  # the piece's share of the probability beside its sentences'
SAYS_IT = 0.5  # a sentence with this probability by itself is where the claim stands


@dataclass(frozen=True)
class UnitReading:
    """A piece with the network's readings: of the piece, then of each of its sentences."""

    unit: Unit
    readings: tuple[Prediction, ...]

    def probabilities(self) -> Floats:
        """Return the claim types' probabilities [types] from the piece's reading and those of its sentences."""
        if len(self.readings) == 1:
            return self.readings[0].claims
        of_sentences = np.max([reading.claims for reading in self.readings[1:]], axis=0)
        return np.asarray(PIECE * self.readings[0].claims + (1 - PIECE) * of_sentences, np.float32)

    def place_claim(self, row: int) -> tuple[int, int, Prediction]:
        """Return start and end of a claim in the piece, and the reading that says it most: a sentence's, or the piece's."""
        alone = [float(reading.claims[row]) for reading in self.readings[1:]]
        if not alone or max(alone) < SAYS_IT:
            whole = self.readings[0]
            return *find_span(self.unit.text, whole.attention[row], whole.offsets), whole
        best = alone.index(max(alone))
        sentence, reading = self.unit.sentences[best], self.readings[best + 1]
        start, end = find_span(sentence.text, reading.attention[row], reading.offsets)
        shift = sentence.start - self.unit.start
        return start + shift, end + shift, reading


def read_units(model: Predictor, units: Sequence[Sequence[Unit]]) -> list[list[UnitReading]]:
    """Return the readings of each text's pieces, in order. All are read together, and what is the same is read once."""
    done: list[list[UnitReading]] = [[] for _ in units]
    pending = [(number, unit) for number, found in enumerate(units) for unit in found]
    while pending:
        texts = list(dict.fromkeys(text for _, unit in pending for text in unit.texts()))
        known = dict(zip(texts, model.predict(texts), strict=True))
        cut = [(number, *_cut_where_reading_ends(unit, known)) for number, unit in pending]
        for number, read, _ in cut:
            done[number].append(read)
        pending = [(number, rest) for number, _, rest in cut if rest]
    return [sorted(found, key=lambda read: read.unit.start) for found in done]


def read_to(text: str, reading: Prediction) -> int:
    """Return up to which character a text was read: to its end, unless it has more tokens than the network takes."""
    if len(reading.offsets) < MAX_TOKENS:
        return len(text)
    return max(1, *(end for _, end in reading.offsets))


def _cut_where_reading_ends(unit: Unit, known: dict[str, Prediction]) -> tuple[UnitReading, Unit | None]:
    """Return what was read of a piece, and the rest of it as a piece of its own, if there is any."""
    whole = known[unit.text]
    reached = read_to(unit.text, whole)
    rest = unit.text[reached:]
    if not rest.strip():
        return UnitReading(unit, tuple(known[text] for text in unit.texts())), None
    return UnitReading(Unit(unit.text[:reached], unit.start), (whole,)), Unit(rest, unit.start + reached)
