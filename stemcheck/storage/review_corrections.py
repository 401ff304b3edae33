"""What reviewers corrected, collected until it is exported into the content."""

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.masking import mask_all
from stemcheck.storage.review_tables import corrections


def add_correction(
    connection: Connection, conversation_id: str, turn_id: int, kind: str, content: dict[str, Any], author: str
) -> int:
    """Write a correction down, masked, and return its number."""
    row = {"conversation_id": conversation_id, "turn_id": turn_id, "kind": kind, "author": author, "at": time.time()}
    written = json.dumps(mask_all(content), ensure_ascii=False)
    done = connection.execute(sa.insert(corrections).values(**row, content=written))
    return int(done.inserted_primary_key[0])


def withdraw_correction(connection: Connection, number: int) -> bool:
    """Take back a correction that was not applied yet; return whether there was one."""
    chosen = sa.delete(corrections).where(corrections.c.id == number, corrections.c.applied_at.is_(None))
    return bool(connection.execute(chosen).rowcount)


def list_corrections(
    connection: Connection, *, conversation_id: str = "", only_new: bool = False, limit: int = 2000
) -> list[Mapping[str, Any]]:
    """Return corrections, oldest first, each with its `content`."""
    chosen = sa.select(corrections).order_by(corrections.c.id).limit(limit)
    if conversation_id:
        chosen = chosen.where(corrections.c.conversation_id == conversation_id)
    if only_new:
        chosen = chosen.where(corrections.c.applied_at.is_(None))
    return [{**row, "content": json.loads(row["content"])} for row in connection.execute(chosen).mappings()]


def mark_applied(connection: Connection, numbers: Iterable[int], now: float) -> None:
    """Remember that corrections stand in the content now."""
    chosen = sa.update(corrections).where(corrections.c.id.in_(list(numbers)))
    connection.execute(chosen.values(applied_at=now))
