"""Find the claims in a text: read each sentence, see what the words around it do, say what and where each claim is."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from stemcheck.claims.context import judge_context
from stemcheck.claims.cues import Cue, CueMatcher, load_cues
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.patterns import ClaimPatterns, load_patterns
from stemcheck.claims.reading_units import Unit, reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.span import find_span
from stemcheck.claims.thresholds import Thresholds, load_thresholds
from stemcheck.network.network import Floats, Network, Reading, load_network

PIECE = 0.6  # the piece's share of the probability beside its sentences'
SAYS_IT = 0.5  # a sentence with this probability by itself is where the claim stands


class ClaimFinder(Protocol):
    """What finds claims in a text."""

    def find_claims(self, text: str) -> list[FoundClaim]:
        """Return the claims in order of appearance."""


class Spotter:
    """The steps together; holds the network, the thresholds, the cues and the patterns."""

    def __init__(self, network: Network, thresholds: Thresholds, cues: CueMatcher, patterns: ClaimPatterns) -> None:
        self._network = network
        self._thresholds = thresholds
        self._cues = cues
        self._patterns = patterns

    def find_claims(self, text: str) -> list[FoundClaim]:
        """Return the claims of a text in order of appearance, those that only may be claims among them."""
        return self.find_in_all([text])[0]

    def find_in_all(self, texts: Sequence[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text; many texts are read together, which is quicker."""
        units = [reading_units(text, split_sentences(text)) for text in texts]
        readings = iter(self._network.read([text for found in units for unit in found for text in unit.texts()]))
        read = [[(unit, [next(readings) for _ in unit.texts()]) for unit in found] for found in units]
        return [self._claims(found) for found in read]

    def _claims(self, read: Sequence[tuple[Unit, list[Reading]]]) -> list[FoundClaim]:
        found = [claim for unit, readings in read for claim in self._claims_of(unit, readings)]
        return sorted(found, key=lambda claim: (claim.start, claim.type))

    def _claims_of(self, unit: Unit, readings: list[Reading]) -> list[FoundClaim]:
        probabilities = weigh(readings)
        likely = [row for row in range(len(probabilities)) if probabilities[row] >= self._thresholds.possible]
        cues = self._cues.find(unit.text) if likely else []
        return [self._claim(unit, readings, row, float(probabilities[row]), cues) for row in likely]

    def _claim(
        self, unit: Unit, readings: list[Reading], row: int, probability: float, cues: Sequence[Cue]
    ) -> FoundClaim:
        kind = self._network.claim_types[row]
        start, end = place_claim(unit, readings, row)
        match = self._patterns.find(kind, unit.text)
        if match:
            probability = max(probability, self._thresholds.confirmed[kind])
        context = judge_context(kind, probability, readings[0].mode, cues, unit.text, start, end)
        return FoundClaim(
            kind,
            context.mode,
            unit.start + start,
            unit.start + end,
            unit.text[start:end],
            round(probability, 4),
            context.is_said and probability >= self._thresholds.confirmed[kind],
            because=(f"pattern: {match.group()}",) if match else (),
            cue=context.cue,
        )


def weigh(readings: Sequence[Reading]) -> Floats:
    """Return the claim types' probabilities [types] from the piece's reading and those of its sentences."""
    if len(readings) == 1:
        return readings[0].claims
    of_sentences = np.max([reading.claims for reading in readings[1:]], axis=0)
    return np.asarray(PIECE * readings[0].claims + (1 - PIECE) * of_sentences, np.float32)


def place_claim(unit: Unit, readings: Sequence[Reading], row: int) -> tuple[int, int]:
    """Return start and end of a claim in the piece: in the sentence that says it most, or anywhere in the piece."""
    alone = [float(reading.claims[row]) for reading in readings[1:]]
    if not alone or max(alone) < SAYS_IT:
        return find_span(unit.text, readings[0].attention[row], readings[0].offsets)
    best = alone.index(max(alone))
    sentence, reading = unit.sentences[best], readings[best + 1]
    start, end = find_span(sentence.text, reading.attention[row], reading.offsets)
    shift = sentence.start - unit.start
    return start + shift, end + shift


@lru_cache(maxsize=1)
def load_spotter() -> Spotter:
    """Return the one spotter of this process. Raises NetworkMissing before the first training."""
    return Spotter(load_network(), load_thresholds(), load_cues(), load_patterns())
