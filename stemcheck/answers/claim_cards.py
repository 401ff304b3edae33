"""A found claim with its verdict: what a card shows."""

from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library


def is_flagged(library: Library, claim: FoundClaim) -> bool:
    """Return whether a claim is flagged: said as true, with a verdict that flags."""
    verdict = library.verdicts[library.claim_types[claim.type].verdict]
    return claim.mode != "asked" and bool(verdict.flagged)


def describe_claim(library: Library, claim: FoundClaim) -> dict[str, Any]:
    """Return a claim as the chat API shows it."""
    kind = library.claim_types[claim.type]
    verdict = library.verdicts[kind.verdict]
    return {
        "type": claim.type,
        "mode": claim.mode,
        "verdict": kind.verdict,
        "flagged": is_flagged(library, claim),
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "facts": list(kind.facts),
        "label": kind.label,
        "verdict_label": verdict.label,
        "reason": kind.asked if claim.mode == "asked" else kind.reason,
    }


def check_result(library: Library, claims: list[FoundClaim]) -> dict[str, Any]:
    """Return `flagged` and `claims` of a text, as `stemcheck check --jsonl` and `POST /api/check` give them."""
    keys = ("type", "mode", "verdict", "flagged", "start", "end", "text", "facts")
    cards = [describe_claim(library, claim) for claim in claims if claim.is_confirmed]
    return {
        "flagged": any(card["flagged"] for card in cards),
        "claims": [{key: card[key] for key in keys} for card in cards],
    }
