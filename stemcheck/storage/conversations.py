"""The row of a conversation: made at its start, counted up with every turn."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stemcheck.storage.tables import conversations
from stemcheck.storage.turns import confidence_of, reply_of, write_turns
from stemcheck.storage.web_turns import ConversationErased, has_events, is_web

COUNTED = ("flagged_claims", "possible_claims", "unanswered", "safety", "wants_person")


def open_conversation(
    connection: Connection, conversation_id: str, now: float, expires_at: float, channel: str = "web"
) -> None:
    """Add the row of a conversation that the web service begins; its token dies at `expires_at` (seconds since 1970)."""
    row = {
        "id": conversation_id,
        "channel": channel,
        "started_at": now,
        "last_activity_at": now,
        "token_expires_at": expires_at,
    }
    connection.execute(sa.insert(conversations).values(row))


def find_conversation(connection: Connection, conversation_id: str) -> Mapping[str, Any] | None:
    """Return the row of a conversation, or None."""
    row = connection.execute(sa.select(conversations).where(conversations.c.id == conversation_id)).mappings().first()
    return dict(row) if row else None


def hold_conversation(connection: Connection, conversation_id: str) -> bool:
    """Let nobody else write or erase this conversation until the transaction ends; return whether it is there."""
    this_one = conversations.c.id == conversation_id
    if connection.dialect.name == "sqlite":
        # locks the file: a change that changes nothing
        return bool(
            connection.execute(sa.update(conversations).where(this_one).values(turns=conversations.c.turns)).rowcount
        )
    return connection.execute(sa.select(conversations.c.id).where(this_one).with_for_update()).first() is not None


def remembered_state(engine: Engine, conversation_id: str) -> dict[str, Any]:
    """Return what the slot `dialogue_state` holds; nothing when the database cannot be asked just now."""
    try:
        with engine.connect() as connection:
            chosen = sa.select(conversations.c.snapshot).where(conversations.c.id == conversation_id)
            snapshot = connection.execute(chosen).scalar()
    except sa.exc.SQLAlchemyError:
        return {}
    return dict((json.loads(snapshot)["slots"].get("dialogue_state") if snapshot else None) or {})


def count_turns(
    connection: Connection,
    conversation_id: str,
    new_events: Iterable[dict[str, Any]],
    snapshot: dict[str, Any],
    *,
    began_before: bool = False,
) -> None:
    """Add what new events say to the conversation's row; make the row when another channel began the conversation.

    An empty `snapshot` leaves the old one. Raises ConversationErased when the row is gone: that of the web service, or that of
    a conversation which `began_before` these events.
    """
    happened = list(new_events)
    if not happened:
        return
    changes = summarise(happened)
    last = max((event.get("timestamp") or 0.0 for event in happened), default=0.0)
    table = conversations.c
    values: dict[str, Any] = {name: table[name] + changes[name] for name in ("turns", "events", *COUNTED)}
    values |= {"last_activity_at": sa.case((table.last_activity_at < last, last), else_=table.last_activity_at)}
    if snapshot:
        values |= {"snapshot": json.dumps(snapshot, ensure_ascii=False)}
    if changes["channel"]:
        values["channel"] = sa.case((table.channel == "", changes["channel"]), else_=table.channel)
    if changes["lowest_confidence"] is not None:
        lowest = changes["lowest_confidence"]
        lower = sa.or_(table.lowest_confidence.is_(None), table.lowest_confidence > lowest)
        values["lowest_confidence"] = sa.case((lower, lowest), else_=table.lowest_confidence)
    if changes["turns"]:
        # who writes again wants to be read again
        values["review_status"] = sa.case((table.review_status == "done", "new"), else_=table.review_status)
    # the row first: whoever erases the conversation at the same time waits for it
    update = sa.update(conversations).where(table.id == conversation_id).values(values)
    if not connection.execute(update).rowcount:
        if is_web(happened) or (began_before and not has_events(connection, conversation_id)):
            raise ConversationErased(conversation_id)
        connection.execute(sa.insert(conversations).values(id=conversation_id, started_at=last, last_activity_at=last))
        connection.execute(update)
    write_turns(connection, conversation_id, happened)


def summarise(happened: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many turns and events there are in Rasa events (as dicts), and what a reviewer wants counted of them."""
    users = [event for event in happened if event.get("event") == "user"]
    replies = [reply for event in happened if (reply := reply_of(event))]
    claims = [claim for reply in replies for claim in reply.get("claims", [])]
    kinds = [reply.get("kind") for reply in replies]
    sure = [confidence for event in users if (confidence := confidence_of(event.get("parse_data") or {})) is not None]
    return {
        "turns": len(users),
        "events": len(happened),
        "channel": next((event["input_channel"] for event in users if event.get("input_channel")), ""),
        "flagged_claims": sum(1 for claim in claims if claim.get("flagged")),
        "possible_claims": sum(_possible_claims(event) for event in users),
        "unanswered": kinds.count("out-of-scope"),
        "safety": kinds.count("safety"),
        "wants_person": kinds.count("handoff"),
        "lowest_confidence": min(sure, default=None),
    }


def _possible_claims(event: dict[str, Any]) -> int:
    return len((event.get("parse_data") or {}).get("possible_claims") or [])
