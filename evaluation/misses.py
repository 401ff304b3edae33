"""Every text that went wrong, with what the spotter says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.rows import ScoredText
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.thresholds import Thresholds


@dataclass(frozen=True)
class Miss:
    """A text that went wrong: what is wrong in words, and the spotter's reasons."""

    id: str
    text: str
    wrong: tuple[str, ...]
    reasons: tuple[str, ...]


def explain_miss(scored: ScoredText, probabilities: Mapping[str, float], thresholds: Thresholds) -> Miss:
    """Return the miss with the probability of each missing type, and with words, reason and cue of each extra one."""
    missing = [
        f"{kind}: probability {probabilities.get(kind, 0):.2f}, from {thresholds.confirmed[kind]:.2f} on it counts"
        for kind in sorted(scored.missing)
    ]
    shown = [claim for claim in scored.claims if claim.type in scored.extra or claim.type in scored.wrong_modes]
    return Miss(scored.row.id, scored.row.text, tuple(_wrongs(scored)), (*missing, *map(_explain_claim, shown)))


def _wrongs(scored: ScoredText) -> list[str]:
    wrongs = [f"missing {kind}" for kind in sorted(scored.missing)]
    wrongs += [f"too much: {kind}" for kind in sorted(scored.extra)]
    modes = scored.wrong_modes
    wrongs += [f"{kind} is {scored.row.modes[kind]}, read as {modes[kind]}" for kind in sorted(modes)]
    if scored.flagged != scored.row.flagged:
        wrongs.append("should be flagged" if scored.row.flagged else "should not be flagged")
    return wrongs


def _explain_claim(claim: FoundClaim) -> str:
    parts = [f"{claim.type} ({claim.mode}): probability {claim.probability:.2f} at “{claim.text}”"]
    if claim.because:
        parts.append("because " + "; ".join(claim.because))
    if claim.cue:
        parts.append(f"cue “{claim.cue}”")
    return ", ".join(parts)
