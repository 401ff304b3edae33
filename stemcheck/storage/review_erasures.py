"""Erase a conversation in every store, with a receipt a store; what fails is finished later.

The conversation's own row goes last, in one transaction with whatever came into the other stores meanwhile: after it nothing
more is stored.
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.database import transaction
from stemcheck.storage.erasure import OUTBOX, OWNED, empty_log, forget_words
from stemcheck.storage.outbox import outbox_of
from stemcheck.storage.review_figures import keep_counts_of
from stemcheck.storage.review_tables import erasures, turns

logger = logging.getLogger(__name__)

Eraser = Callable[[Connection, str], int]  # erases a conversation in one store and returns how many rows that were


def _eraser(column: "sa.Column[str]") -> Eraser:
    def erase(connection: Connection, conversation_id: str) -> int:
        rows = int(connection.execute(sa.delete(column.table).where(column == conversation_id)).rowcount)
        if column.table is turns and rows:
            forget_words(connection)
        return rows

    return erase


def _erase_waiting(connection: Connection, conversation_id: str) -> int:
    return outbox_of(connection.engine).erase(conversation_id)


# children before parents
STORES: dict[str, Eraser] = {OUTBOX: _erase_waiting, **{name: _eraser(column) for name, column in OWNED.items()}}
LAST = "conversations"


def erase_everywhere(
    engine: Engine, conversation_id: str, asked_by: str, stores: Mapping[str, Eraser] = STORES
) -> Mapping[str, Any]:
    """Erase a conversation and return the receipt. It is written down first, so that nothing is forgotten midway."""
    row = {"conversation_id": conversation_id, "asked_by": asked_by, "asked_at": time.time()}
    with transaction(engine) as connection:
        keep_counts_of(connection, [conversation_id], time.time())
        number = connection.execute(sa.insert(erasures).values(row)).inserted_primary_key[0]
    return _go_on(engine, number, stores)


def finish_erasures(engine: Engine, stores: Mapping[str, Eraser] = STORES) -> list[Mapping[str, Any]]:
    """Go on with the erasures that a failure stopped, and return their receipts."""
    with engine.connect() as connection:
        open_ones = sa.select(erasures.c.id).where(erasures.c.finished_at.is_(None)).order_by(erasures.c.id)
        numbers = list(connection.execute(open_ones).scalars())
    return [_go_on(engine, number, stores) for number in numbers]


def list_erasures(connection: Connection, *, limit: int = 200) -> list[Mapping[str, Any]]:
    """Return the newest receipts, newest first."""
    rows = connection.execute(sa.select(erasures).order_by(erasures.c.id.desc()).limit(limit)).mappings()
    return [{**row, "stores": json.loads(row["stores"])} for row in rows]


def _go_on(engine: Engine, number: int, stores: Mapping[str, Eraser]) -> Mapping[str, Any]:
    receipt = _read(engine, number)
    id, rows = receipt["conversation_id"], receipt["stores"]
    for name, erase in stores.items():
        if name != LAST and rows.get(name) is None:
            rows[name] = _try(engine, name, erase, id)
    if LAST in stores and rows.get(LAST) is None and all(rows.get(name) is not None for name in stores if name != LAST):
        for name, more in _close(engine, stores, id).items():
            rows[name] = (rows.get(name) or 0) + more
    is_done = all(receipt["stores"].get(name) is not None for name in stores)
    receipt["finished_at"] = time.time() if is_done else None
    values = {"stores": json.dumps(receipt["stores"]), "finished_at": receipt["finished_at"]}
    with transaction(engine) as connection:
        connection.execute(sa.update(erasures).where(erasures.c.id == number).values(values))
    empty_log(engine)
    return receipt


def _close(engine: Engine, stores: Mapping[str, Eraser], conversation_id: str) -> dict[str, int]:
    """Erase the row and what came meanwhile, all or none; return the rows of each store, nothing when it failed."""
    try:
        with transaction(engine) as connection:
            hold_conversation(connection, conversation_id)  # a turn that is being written comes before, or not at all
            return {name: erase(connection, conversation_id) for name, erase in stores.items()}
    except Exception as problem:
        logger.error("Erasing a conversation's row failed (%s); it is tried again later.", type(problem).__name__)
        return {}


def _try(engine: Engine, name: str, erase: Eraser, conversation_id: str) -> int | None:
    try:
        with transaction(engine) as connection:
            return erase(connection, conversation_id)
    except Exception as problem:
        logger.error("Erasing in %s failed (%s); it is tried again later.", name, type(problem).__name__)
        return None


def _read(engine: Engine, number: int) -> dict[str, Any]:
    with engine.connect() as connection:
        row = connection.execute(sa.select(erasures).where(erasures.c.id == number)).mappings().one()
    return {**row, "stores": json.loads(row["stores"])}
