"""Messages of the chat API and their replies: sent again, a message gets the reply that it had."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.masking import mask, mask_reply
from stemcheck.storage.tables import events, exchanges

Messages = list[dict[str, Any]]


def find_exchange(connection: Connection, conversation_id: str, client_id: str) -> Mapping[str, Any] | None:
    """Return the exchange begun with this client id: `id`, `text_digest`, `received_at` and `messages` (None while unanswered)."""
    chosen = sa.select(exchanges).where(
        exchanges.c.conversation_id == conversation_id, exchanges.c.client_id == client_id
    )
    row = connection.execute(chosen).mappings().first()
    return {**row, "messages": json.loads(row["reply"]) if row["reply"] else None} if row else None


def begin_exchange(
    connection: Connection, conversation_id: str, client_id: str, text: str, digest: str, now: float
) -> None:
    """Write down a message before it is answered, masked. Raises IntegrityError when the client id is taken."""
    row = {
        "conversation_id": conversation_id,
        "client_id": client_id,
        "text": mask(text),
        "text_digest": digest,
        "received_at": now,
    }
    connection.execute(sa.insert(exchanges).values(row))


def end_exchange(connection: Connection, conversation_id: str, client_id: str, messages: Messages, now: float) -> None:
    """Write down the reply, masked."""
    kept = [mask_reply(message) for message in messages]
    chosen = sa.update(exchanges).where(
        exchanges.c.conversation_id == conversation_id, exchanges.c.client_id == client_id
    )
    connection.execute(chosen.values(reply=json.dumps(kept, ensure_ascii=False), answered_at=now))


def list_exchanges(connection: Connection, conversation_id: str) -> list[Mapping[str, Any]]:
    """Return a conversation's exchanges, oldest first, each with its `messages` (empty while unanswered)."""
    chosen = sa.select(exchanges).where(exchanges.c.conversation_id == conversation_id).order_by(exchanges.c.id)
    rows = connection.execute(chosen).mappings()
    return [{**row, "messages": json.loads(row["reply"]) if row["reply"] else []} for row in rows]


def find_late_reply(connection: Connection, conversation_id: str, client_id: str, since: float) -> Messages:
    """Return what Rasa answered to a client id after the web service had stopped waiting; empty when nothing came."""
    chosen = sa.select(events.c.type_name, events.c.data).where(
        events.c.sender_id == conversation_id, events.c.timestamp >= since, events.c.type_name.in_(("user", "bot"))
    )
    replies: Messages = []
    is_ours = False
    for kind, data in connection.execute(chosen.order_by(events.c.id)):
        event = json.loads(data)
        if kind == "user":
            is_ours = (event.get("metadata") or {}).get("client_id") == client_id
        elif is_ours and isinstance(custom := (event.get("data") or {}).get("custom"), dict):
            replies.append(custom)
    return replies
