"""Turns of the web channel that are not kept: a failed one, a repeated one, and one of an erased conversation.

The web service writes every message down before Rasa sees it, so nothing is lost here. A failed turn is sent again by the
visitor, and is stored then.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import turns
from stemcheck.storage.tables import events
from stemcheck.storage.turns import reply_of

WEB = "web"
Events = list[dict[str, Any]]


class ConversationErased(LookupError):
    """The conversation was erased while its last message was still being answered."""


def is_web(happened: Events) -> bool:
    """Return whether a visitor of the web service is among the events."""
    return any(event.get("event") == "user" and event.get("input_channel") == WEB for event in happened)


def is_failed(turn: Events) -> bool:
    """Return whether a web turn has no reply, as when the action server is down: its visitor was asked to send it again."""
    return is_web(turn) and not any(reply_of(event) for event in turn)


def stored_message_ids(connection: Connection, conversation_id: str, turn: Events) -> set[str]:
    """Return Rasa's ids of the stored messages that have a client id of this turn; the web service's own turns have an empty one."""
    wanted = client_ids(turn)
    known = sa.select(turns.c.message_id).where(
        turns.c.conversation_id == conversation_id, turns.c.client_id.in_(wanted)
    )
    return set(connection.execute(known).scalars()) if wanted else set()


def has_message(happened: Events) -> bool:
    """Return whether somebody said something in these events."""
    return any(event.get("event") == "user" for event in happened)


def has_events(connection: Connection, conversation_id: str) -> bool:
    """Return whether anything is stored of a conversation: one of a plain Rasa project has events and no row."""
    return (
        connection.execute(sa.select(events.c.id).where(events.c.sender_id == conversation_id).limit(1)).first()
        is not None
    )


def client_ids(happened: Events) -> set[str]:
    """Return the ids that the web service's clients gave their messages."""
    users = [event for event in happened if event.get("event") == "user"]
    return {str((event.get("metadata") or {}).get("client_id") or "")[:64] for event in users} - {""}
