"""What the pipeline understood of a message."""

from dataclasses import dataclass
from typing import Any

from stemcheck.claims.found_claim import FoundClaim, read_claim

FACT_PREFIX = "ask_"
OUT_OF_SCOPE_PREFIX = "out_of_scope_"
SAFETY_PREFIX = "safety_"
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Understood:
    """A message: its text, the intents with their confidence (best first), the confirmed claims, and a safety card's id."""

    text: str
    ranking: tuple[tuple[str, float], ...]
    claims: tuple[FoundClaim, ...] = ()
    safety: str = ""

    @property
    def intent(self) -> str:
        """The most likely intent."""
        return self.ranking[0][0] if self.ranking else FALLBACK

    @property
    def confidence(self) -> float:
        """The confidence of the most likely intent, 0 to 1."""
        return self.ranking[0][1] if self.ranking else 0.0


def read_message(message: dict[str, Any]) -> Understood:
    """Return what stands in a tracker's `latest_message`."""
    ranking = tuple(
        (item["name"], float(item["confidence"]))
        for item in message.get("intent_ranking") or []
        if item["name"] != FALLBACK
    )
    claims = tuple(read_claim(claim) for claim in message.get("claims") or [])
    return Understood(message.get("text") or "", ranking, claims, message.get("safety") or "")


def fact_of(intent: str, facts: Any) -> str:
    """Return the fact that an intent asks for, or nothing."""
    name = intent.removeprefix(FACT_PREFIX)
    return name if intent.startswith(FACT_PREFIX) and name in facts else ""
