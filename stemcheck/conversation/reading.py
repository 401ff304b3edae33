"""What the pipeline read in a message, as the rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stemcheck.claims.found_claim import FoundClaim, read_claim

CLAIM = "claim"  # the situations' label of a message that makes or repeats a claim
Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Part:
    """A piece of a message that may ask for something of its own."""

    text: str
    ranking: Ranking


@dataclass(frozen=True)
class Reading:
    """A message as it was read.

    `ranking` holds the situations with their calibrated probabilities, best first; `labels` the likeliest feeling, speaker,
    kind of cells and degree of alarm with their probabilities; `degrees` the probability of each degree. `safety` is the card
    that the plain rule calls for. `subjects` are claim types that are named, `claim_question` what is asked about claims judged
    before; `region` is where the visitor seems to be, `language` the code of another language than English.
    """

    text: str
    ranking: Ranking = ()
    parts: tuple[Part, ...] = ()
    labels: Mapping[str, tuple[str, float]] = None  # type: ignore[assignment]
    degrees: Mapping[str, float] = None  # type: ignore[assignment]
    claims: tuple[FoundClaim, ...] = ()
    possible: tuple[FoundClaim, ...] = ()
    safety: str = ""
    subjects: tuple[str, ...] = ()
    claim_question: str = ""
    region: str = ""
    language: str = ""
    is_pasted: bool = False

    @property
    def situation(self) -> str:
        """The likeliest situation; empty when nothing was read."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def confidence(self) -> float:
        """The probability of the likeliest situation, 0 to 1."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def said_claims(self) -> tuple[FoundClaim, ...]:
        """The claims that are asserted or reported, not only asked."""
        return tuple(claim for claim in self.claims if claim.mode != "asked")

    def probability(self, situation: str) -> float:
        """Return the probability of a situation; 0 when it is not among the likeliest."""
        return dict(self.ranking).get(situation, 0.0)

    def label(self, head: str, sure: float = 0.0) -> str:
        """Return the likeliest label of a head; empty below the probability `sure`."""
        name, probability = (self.labels or {}).get(head, ("", 0.0))
        return name if probability >= sure else ""

    def without_claims(self) -> "Reading":
        """Return the message as if it held no claim."""
        return replace(self, claims=(), possible=())

    def without(self, *situations: str) -> "Reading":
        """Return the message as if these situations were impossible; the others' probabilities fill the place."""
        left = [item for item in self.ranking if item[0] not in situations]
        total = sum(probability for _, probability in left) or 1.0
        return replace(self, ranking=tuple((name, probability / total) for name, probability in left))

    @property
    def is_correction(self) -> bool:
        """Whether the message says what was meant instead: its one part is that, "no, I meant the ones from fat"."""
        return len(self.parts) == 1


def read_message(message: Mapping[str, Any]) -> Reading:
    """Return what is in a tracker's `latest_message`."""
    stored = message.get("reading") or {}
    return Reading(
        message.get("text") or "",
        _ranking(stored.get("situations")),
        tuple(Part(part["text"], _ranking(part["situations"])) for part in stored.get("parts") or []),
        {head: (str(name), float(sure)) for head, (name, sure) in (stored.get("labels") or {}).items()},
        dict(stored.get("degrees") or {}),
        tuple(read_claim(claim) for claim in message.get("claims") or []),
        tuple(read_claim(claim) for claim in message.get("possible_claims") or []),
        message.get("safety") or "",
        tuple(message.get("subjects") or ()),
        message.get("claim_question") or "",
        str((message.get("metadata") or {}).get("region") or ""),
        str(stored.get("language") or ""),
        bool(stored.get("is_pasted")),
    )


def _ranking(stored: Any) -> Ranking:
    return tuple((str(item["id"]), float(item["probability"])) for item in stored or [])
