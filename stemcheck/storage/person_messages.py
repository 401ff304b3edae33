"""Messages for the team: kept word for word, as the visitor agreed, so that somebody can answer."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.tables import person_messages


def keep_message(connection: Connection, conversation_id: str, client_id: str, text: str, now: float) -> None:
    """Write a message down; one that was kept already (sent again with the same client id) stays as it is."""
    same = (person_messages.c.conversation_id == conversation_id, person_messages.c.client_id == client_id)
    if connection.execute(sa.select(person_messages.c.id).where(*same)).first() is None:
        row = {"conversation_id": conversation_id, "client_id": client_id, "text": text, "given_at": now}
        connection.execute(sa.insert(person_messages).values(row))


def find_messages(connection: Connection, ids: Iterable[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the messages of some conversations by conversation id, oldest first; nothing for those without one."""
    chosen = sa.select(person_messages).where(person_messages.c.conversation_id.in_(list(ids)))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in connection.execute(chosen.order_by(person_messages.c.id)).mappings():
        found.setdefault(row["conversation_id"], []).append(dict(row))
    return found
