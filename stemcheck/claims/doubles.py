"""A list of claims without doubles: what a text says twice in the same words is one claim, at its clearest place."""

from collections import defaultdict
from collections.abc import Iterable

from stemcheck.claims.found_claim import FoundClaim


def without_doubles(claims: Iterable[FoundClaim]) -> list[FoundClaim]:
    """Return the claims; of those of one type that overlap, or say the same words, the confirmed and likeliest one alone."""
    kept: defaultdict[str, list[FoundClaim]] = defaultdict(list)
    words: set[tuple[str, str, str]] = set()
    for claim in sorted(claims, key=lambda claim: (not claim.is_confirmed, -claim.probability, claim.start)):
        said = (claim.type, claim.mode, _plain(claim.text))
        if said in words or any(_overlap(claim, other) for other in kept[claim.type]):
            continue
        words.add(said)
        kept[claim.type].append(claim)
    return [claim for found in kept.values() for claim in found]


def _overlap(one: FoundClaim, other: FoundClaim) -> bool:
    return one.start < other.end and other.start < one.end


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).strip(".,;:!?\"'“”‘’ ")
