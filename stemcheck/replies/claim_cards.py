"""A found claim with its verdict: what a card shows."""

from collections.abc import Iterable, Sequence
from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.replies.warning_signs import describe_red_flags

VERDICT_ORDER = ("myth", "unproven", "not-covered", "newer", "early-evidence", "supported")  # the gravest first
WARNING_KEYS = ("id", "label", "why", "start", "end", "text", "guidance")


def is_flagged(library: Library, claim: FoundClaim) -> bool:
    """Return whether a claim is flagged: said as true, with a verdict that flags."""
    verdict = library.verdicts[library.claim_types[claim.type].verdict]
    return claim.mode != "asked" and bool(verdict.flagged)


def gravity(card: dict[str, Any]) -> tuple[int, int]:
    """Return how grave a card is: what is asked after what is said, and the verdicts in the order of VERDICT_ORDER."""
    return (card["mode"] == "asked", VERDICT_ORDER.index(card["verdict"]))


def describe_claim(library: Library, claim: FoundClaim, *, is_newer: bool = False) -> dict[str, Any]:
    """Return a claim as the chat API shows it; `is_newer` where the visitor's own team says it of AHSCT."""
    kind = library.claim_types[claim.type]
    is_newer = is_newer and bool(library.verdicts[kind.verdict].flagged)  # what the source backs stays backed
    verdict = library.verdicts["newer" if is_newer else kind.verdict]
    reason = kind.asked if claim.mode == "asked" else kind.reason
    return {
        "type": claim.type,
        "mode": claim.mode,
        "verdict": verdict.id,
        "flagged": not is_newer and is_flagged(library, claim),
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "facts": list(kind.facts),
        "label": kind.label,
        "verdict_label": verdict.label,
        "reason": verdict.meaning if is_newer else reason,
    }


def check_result(
    library: Library, claims: Sequence[FoundClaim], *, text: str = "", explained: bool = False
) -> dict[str, Any]:
    """Return `flagged` and `claims` of a text, as `stemcheck check --jsonl` and `POST /api/check` give them.

    With `text` there are `warnings` as well, if it has red flags. `explained` adds to each claim why it was found, as
    `stemcheck check --json` does.
    """
    confirmed = [claim for claim in claims if claim.is_confirmed]
    signs = [{key: sign[key] for key in WARNING_KEYS} for sign in describe_red_flags(library, text)]
    return {
        "flagged": any(is_flagged(library, claim) for claim in confirmed),
        "claims": [_describe_briefly(library, claim) | (_explain(claim) if explained else {}) for claim in confirmed],
        **({"warnings": signs} if signs else {}),
    }


def safety_texts(library: Library, cards: Iterable[dict[str, Any]]) -> list[str]:
    """Return the safety cards, as text, that claims in a text call for: an advert that tells to stop medicine. Each comes once."""
    wanted = (library.claim_types[card["type"]].safety for card in cards if card["mode"] != "asked")
    found = [library.safety[card_id] for card_id in dict.fromkeys(wanted) if card_id]
    return [f"{card.title}. {card.text}" for card in found]


def _describe_briefly(library: Library, claim: FoundClaim) -> dict[str, Any]:
    card = describe_claim(library, claim)
    return {key: card[key] for key in ("type", "mode", "verdict", "flagged", "start", "end", "text", "facts")}


def _explain(claim: FoundClaim) -> dict[str, Any]:
    return {
        "probability": claim.probability,
        "because": list(claim.because),
        "cue": claim.cue,
        "about": claim.about,
    }
