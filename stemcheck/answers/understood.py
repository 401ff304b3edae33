"""What the pipeline understood of a message."""

from dataclasses import dataclass, replace
from typing import Any

from stemcheck.claims.found_claim import FoundClaim, read_claim

FACT_PREFIX = "ask_"
OUT_OF_SCOPE_PREFIX = "out_of_scope_"
SAFETY_PREFIX = "safety_"
FALLBACK = "nlu_fallback"
CHECK_CLAIM = "check_claim"

Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Understood:
    """A message: its text, the intents with their confidence (best first), the confirmed claims, and a safety card's id.

    `parts` are the pieces of a message that may ask for two things, each with its own ranking. `subjects` are the claim
    types that it names, and `claim_question` what it asks about claims judged before; `region` is where the visitor seems to be.
    """

    text: str
    ranking: Ranking
    parts: tuple[tuple[str, Ranking], ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    safety: str = ""
    possible: tuple[FoundClaim, ...] = ()
    subjects: tuple[str, ...] = ()
    claim_question: str = ""
    region: str = ""

    @property
    def intent(self) -> str:
        """The most likely intent."""
        return self.ranking[0][0] if self.ranking else FALLBACK

    @property
    def confidence(self) -> float:
        """The confidence of the most likely intent, 0 to 1."""
        return self.ranking[0][1] if self.ranking else 0.0

    def without(self, *intents: str) -> "Understood":
        """Return the message as if these intents were impossible: the others' confidence grows to fill the place."""
        left = [(intent, confidence) for intent, confidence in self.ranking if intent not in intents]
        total = sum(confidence for _, confidence in left) or 1.0
        return replace(self, ranking=tuple((intent, confidence / total) for intent, confidence in left))


def read_message(message: dict[str, Any]) -> Understood:
    """Return what stands in a tracker's `latest_message`."""
    ranking = _ranking(message.get("intent_ranking"))
    parts = tuple((part["text"], _ranking(part["ranking"])) for part in message.get("parts") or [])
    claims = tuple(read_claim(claim) for claim in message.get("claims") or [])
    return Understood(
        message.get("text") or "",
        ranking,
        parts,
        claims,
        message.get("safety") or "",
        tuple(read_claim(claim) for claim in message.get("possible_claims") or []),
        tuple(message.get("subjects") or ()),
        message.get("claim_question") or "",
        str((message.get("metadata") or {}).get("region") or ""),
    )


def fact_of(intent: str, facts: Any) -> str:
    """Return the fact that an intent asks for, or nothing."""
    name = intent.removeprefix(FACT_PREFIX)
    return name if intent.startswith(FACT_PREFIX) and name in facts else ""


def _ranking(stored: list[dict[str, Any]] | None) -> Ranking:
    return tuple((item["name"], float(item["confidence"])) for item in stored or [] if item["name"] != FALLBACK)
