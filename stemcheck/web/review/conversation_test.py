"""A conversation test made of a stored conversation: only what the reviewer saw, edited and ticked is in it."""

from collections.abc import Sequence
from typing import Any

from stemcheck.storage.review_transcript import ReadTurn, place_of, read_page
from stemcheck.web.review.visit import Visit

MAX_STEPS_BACK = 10  # turns before the corrected one that may go with it


def earlier_turns(visit: Visit, conversation_id: str, turn: ReadTurn) -> list[ReadTurn]:
    """Return the turns before this one that a test may begin with, oldest first; messages for the team are none of them."""
    page = read_page(visit.connection, conversation_id, before=place_of(visit.connection, conversation_id, turn.id))
    found = [other for other in page.turns if other.id and other.text and other.event_id and other.at < turn.at]
    return [other for other in found if not other.is_for_team][-MAX_STEPS_BACK:]


def read_steps(visit: Visit, earlier: Sequence[ReadTurn]) -> list[dict[str, Any]]:
    """Return the earlier turns that are ticked, each with its text as the form has it."""
    ticked = set(visit.form.get("with", []))
    return [
        {"text": text, "intent": _intent(turn), "actions": turn.actions}
        for turn in earlier
        if str(turn.id) in ticked and (text := visit.sent(f"step-{turn.id}").strip())
    ]


def _intent(turn: ReadTurn) -> str:
    return str((turn.parsed.get("intent") or {}).get("name") or "")
