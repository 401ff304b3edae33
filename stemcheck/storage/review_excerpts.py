"""Which message of a conversation a list shows: the one that put it into the queue or the search, not just the newest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from stemcheck.storage.message_for_team import PLACEHOLDER
from stemcheck.storage.review_tables import turns
from stemcheck.storage.tables import exchanges, feedback, person_messages
from stemcheck.storage.turns import label

UNSURE_BELOW = 0.3  # confidence; as the queue in review_queue.py


@dataclass(frozen=True)
class Excerpt:
    """A visitor's message, and the id of its turn."""

    turn_id: int
    text: str


def excerpts_of_queue(connection: Connection, queue_id: str, ids: Sequence[str]) -> dict[str, Excerpt]:
    """Return the newest message of each conversation that is a reason for its being in this queue."""
    if queue_id == "thumbs_down":
        return newest_excerpts(connection, ids, _thumbed_down(connection, ids))
    reason = _reasons().get(queue_id)
    return newest_excerpts(connection, ids, turns.c.id.in_(_newest(ids, reason)) if reason is not None else None)


def newest_excerpts(connection: Connection, ids: Sequence[str], reason: Any = None) -> dict[str, Excerpt]:
    """Return the newest message of each conversation, of those with this reason if there is one."""
    newest = read_excerpts(connection, _newest(ids, None))
    return {**newest, **(read_excerpts(connection, _newest(ids, reason)) if reason is not None else {})}


def read_excerpts(connection: Connection, turn_ids: Any) -> dict[str, Excerpt]:
    """Return the messages of turns, by conversation; words for the team are hidden."""
    same = (
        person_messages.c.conversation_id == turns.c.conversation_id,
        person_messages.c.client_id == turns.c.client_id,
    )
    is_for_team = sa.exists().where(*same)
    chosen = sa.select(turns.c.id, turns.c.conversation_id, turns.c.text, is_for_team.label("is_for_team"))
    rows = connection.execute(chosen.where(turns.c.id.in_(turn_ids)))
    return {row.conversation_id: Excerpt(row.id, PLACEHOLDER if row.is_for_team else row.text) for row in rows}


def _newest(ids: Sequence[str], reason: Any) -> "sa.sql.Select":
    chosen = sa.select(sa.func.max(turns.c.id)).where(turns.c.conversation_id.in_(list(ids)))
    return (chosen.where(reason) if reason is not None else chosen).group_by(turns.c.conversation_id)


def _reasons() -> dict[str, Any]:
    return {
        "safety": _has(label("kind", "safety")),
        "person": _has(label("kind", "handoff")),
        "unsure": sa.or_(_has(label("kind", "out-of-scope")), turns.c.confidence < UNSURE_BELOW),
        "flagged": _has("flagged"),
        "possible": (sa.literal(" ") + turns.c.labels).contains(" possible_", autoescape=True),
    }


def _has(name: str) -> Any:
    """Return the condition that a turn has a label."""
    return (sa.literal(" ") + turns.c.labels + " ").contains(f" {name} ", autoescape=True)


def _thumbed_down(connection: Connection, ids: Sequence[str]) -> Any:
    """Return the condition that a turn's reply got a thumb down."""
    given = sa.select(feedback.c.conversation_id, feedback.c.message_id).where(
        feedback.c.conversation_id.in_(list(ids)), feedback.c.helpful.is_(False)
    )
    thumbs = {(row.conversation_id, row.message_id) for row in connection.execute(given)}
    of_these = {conversation_id for conversation_id, _ in thumbs}
    replied = sa.select(exchanges.c.conversation_id, exchanges.c.client_id, exchanges.c.reply)
    found = [
        sa.and_(turns.c.conversation_id == row.conversation_id, turns.c.client_id == row.client_id)
        for row in connection.execute(replied.where(exchanges.c.conversation_id.in_(of_these)))
        if row.client_id and _message_ids(row) & thumbs
    ]
    return sa.or_(*found) if found else None


def _message_ids(row: Row) -> set[tuple[str, str]]:
    return {(row.conversation_id, str(message.get("id"))) for message in json.loads(row.reply or "[]")}
