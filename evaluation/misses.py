"""Every text that went wrong, with what the spotter says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.probabilities import TextReading
from evaluation.rows import ScoredText
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.nearest import NearestExamples
from stemcheck.claims.thresholds import Thresholds


@dataclass(frozen=True)
class Miss:
    """A text that went wrong: what is wrong in words, and the spotter's reasons."""

    id: str
    text: str
    wrong: tuple[str, ...]
    reasons: tuple[str, ...]


class Explainer:
    """Knows what the spotter had to go by: thresholds, types in the model's order, the examples it learnt from."""

    def __init__(self, thresholds: Thresholds, claim_types: Sequence[str], examples: NearestExamples | None) -> None:
        self._thresholds = thresholds
        self._claim_types = claim_types
        self._examples = examples

    def explain(self, scored: ScoredText, reading: TextReading) -> Miss:
        """Return the miss with the probability of each missing type, and with words, reason and cue of each wrong one."""
        missing = [self._explain_missing(kind, reading) for kind in sorted(scored.missing)]
        wrong = scored.extra | scored.wrong_modes.keys()
        found = [self._explain_claim(claim, reading) for claim in scored.claims if claim.type in wrong]
        return Miss(scored.row.id, scored.row.text, tuple(_wrongs(scored)), (*missing, *found))

    def _explain_missing(self, kind: str, reading: TextReading) -> str:
        probability, wanted = reading.probabilities[kind], self._thresholds.of(kind)
        return f"{kind}: probability {probability:.2f}, from {wanted:.2f} on it counts"

    def _explain_claim(self, claim: FoundClaim, reading: TextReading) -> str:
        parts = [f"{claim.type} ({claim.mode}): probability {claim.probability:.2f} at “{claim.text}”"]
        if because := claim.because or self._near(claim, reading):
            parts.append("because " + "; ".join(because))
        if claim.cue:
            parts.append(f"cue {claim.cue}")
        return ", ".join(parts)

    def _near(self, claim: FoundClaim, reading: TextReading) -> tuple[str, ...]:
        if not self._examples:
            return ()
        found = self._examples.find(self._claim_types.index(claim.type), reading.vectors[claim.type])
        return tuple(f"like “{text}”" for text in found)


def _wrongs(scored: ScoredText) -> list[str]:
    wrongs = [f"missing {kind}" for kind in sorted(scored.missing)]
    wrongs += [f"too much: {kind}" for kind in sorted(scored.extra)]
    modes = scored.wrong_modes
    wrongs += [f"{kind} is {scored.row.modes[kind]}, read as {modes[kind]}" for kind in sorted(modes)]
    if scored.flagged != scored.row.flagged:
        wrongs.append("should be flagged" if scored.row.flagged else "should not be flagged")
    return wrongs
