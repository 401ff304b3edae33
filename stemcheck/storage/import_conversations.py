"""List conversations that a plain Rasa project stored: its events get the rows that the review console needs."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import transaction
from stemcheck.storage.masking import mask_all
from stemcheck.storage.review_figures import day_of, forget_days
from stemcheck.storage.tables import conversations, events

COLUMNS = ("sender_id", "type_name", "timestamp", "intent_name", "action_name")


def import_events(engine: Engine, source: Engine | None = None, *, since: float = 0.0) -> Iterator[str]:
    """Mask and list every conversation that is not listed yet, and yield its id; `source` is another database to copy from.

    Conversations whose last event is older than `since` are left out: they would be erased at once.
    """
    for sender in _senders(source or engine):
        if _is_listed(engine, sender):
            continue
        stored = _read(source or engine, sender)
        if max((row["timestamp"] or 0.0 for row in stored), default=0.0) < since:
            continue
        with transaction(engine) as connection:
            _adopt(connection, sender, stored, is_copy=source is not None)
            # older days may hold counts of conversations that are erased
            days = {day_of(row["timestamp"] or 0.0) for row in stored}
            forget_days(connection, {day for day in days if day > day_of(since)})
        yield sender


def _adopt(connection: Connection, sender: str, stored: list[dict[str, Any]], *, is_copy: bool) -> None:
    happened = [mask_all(json.loads(row["data"])) for row in stored]
    written = [json.dumps(event, ensure_ascii=False) for event in happened]
    if is_copy:
        rows = [
            {name: row[name] for name in COLUMNS} | {"data": data} for row, data in zip(stored, written, strict=True)
        ]
        connection.execute(sa.insert(events), rows)
    else:
        changed = sa.update(events).where(events.c.id == sa.bindparam("number")).values(data=sa.bindparam("masked"))
        pairs = [{"number": row["id"], "masked": data} for row, data in zip(stored, written, strict=True)]
        connection.execute(changed, pairs)
    began = min(row["timestamp"] or 0.0 for row in stored)
    # the row first: without one, events of the web channel are taken for those of an erased conversation
    connection.execute(sa.insert(conversations).values(id=sender, started_at=began, last_activity_at=began))
    count_turns(connection, sender, happened, {})


def _senders(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(events.c.sender_id).distinct()).scalars())


def _is_listed(engine: Engine, sender: str) -> bool:
    with engine.connect() as connection:
        return connection.execute(sa.select(conversations.c.id).where(conversations.c.id == sender)).first() is not None


def _read(engine: Engine, sender: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        chosen = sa.select(events).where(events.c.sender_id == sender).order_by(events.c.id)
        return [dict(row) for row in connection.execute(chosen).mappings()]
