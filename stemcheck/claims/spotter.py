"""Find the claims in a text: read each sentence, see what the words around it do, say what and where each claim is."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from stemcheck.claims.context import judge_context
from stemcheck.claims.cues import Cue, CueMatcher, load_cues
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.patterns import ClaimPatterns, load_patterns
from stemcheck.claims.reading_units import Unit, reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.span import find_span
from stemcheck.claims.thresholds import Thresholds, load_thresholds
from stemcheck.network.network import Network, Reading, load_network


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
        readings = iter(self._network.read([unit.text for found in units for unit in found]))
        return [self._claims(found, [next(readings) for _ in found]) for found in units]

    def _claims(self, units: list[Unit], readings: list[Reading]) -> list[FoundClaim]:
        found = [
            claim for unit, reading in zip(units, readings, strict=True) for claim in self._claims_of(unit, reading)
        ]
        return sorted(found, key=lambda claim: (claim.start, claim.type))

    def _claims_of(self, unit: Unit, reading: Reading) -> list[FoundClaim]:
        likely = [row for row in range(len(reading.claims)) if reading.claims[row] >= self._thresholds.possible]
        cues = self._cues.find(unit.text) if likely else []
        return [self._claim(unit, reading, row, cues) for row in likely]

    def _claim(self, unit: Unit, reading: Reading, row: int, cues: Sequence[Cue]) -> FoundClaim:
        kind, probability = self._network.claim_types[row], float(reading.claims[row])
        start, end = find_span(unit.text, reading.attention[row], reading.offsets)
        match = self._patterns.find(kind, unit.text)
        if match:
            probability = max(probability, self._thresholds.confirmed[kind])
        context = judge_context(kind, probability, reading.mode, cues, unit.text, start, end)
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


@lru_cache(maxsize=1)
def load_spotter() -> Spotter:
    """Return the one spotter of this process. Raises NetworkMissing before the first training."""
    return Spotter(load_network(), load_thresholds(), load_cues(), load_patterns())
