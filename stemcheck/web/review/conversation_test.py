"""A conversation test made of a stored conversation: only what the reviewer saw, edited and ticked is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from stemcheck.storage.review_transcript import ReadTurn, place_of, read_page
from stemcheck.storage.turns import situation_of
from stemcheck.web.review.clean_text import clean
from stemcheck.web.review.conversation import show_turn
from stemcheck.web.review.visit import Visit

MAX_STEPS_BACK = 10  # turns before the corrected one that may go with it


@dataclass(frozen=True)
class Step:
    """An earlier turn, worded as the reviewer leaves it; only a ticked one goes into the test."""

    id: int
    at: float
    text: str
    situation: str
    actions: tuple[str, ...]
    is_ticked: bool = False

    def as_turn(self) -> dict[str, Any]:
        """Return what a test holds of it."""
        return {"text": self.text, "intent": self.situation, "actions": list(self.actions)}


def earlier_steps(visit: Visit, conversation_id: str, turn: ReadTurn) -> list[Step]:
    """Return the turns before this one that a test may begin with, oldest first; messages for the team are none of them."""
    page = read_page(visit.connection, conversation_id, before=place_of(visit.connection, conversation_id, turn.id))
    found = [other for other in page.turns if other.id and other.text and other.event_id and other.at < turn.at]
    usable = [other for other in found if not other.is_for_team][-MAX_STEPS_BACK:]
    return [
        Step(other.id, other.at, show_turn(other)["text"], situation_of(other.parsed), tuple(other.actions))
        for other in usable
    ]


def read_steps(visit: Visit, steps: Sequence[Step]) -> list[Step]:
    """Return the steps as the form has them."""
    ticked = set(visit.form.get("with", []))
    texts = {step.id: clean(visit.sent(f"step-{step.id}")) for step in steps}
    return [
        replace(step, text=texts[step.id], is_ticked=str(step.id) in ticked and bool(texts[step.id])) for step in steps
    ]
