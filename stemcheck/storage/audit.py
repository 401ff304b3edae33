"""The audit log: who saw, changed, exported or erased what. The database refuses to change or delete a line."""

import json
import time
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import audit


def write_audit(connection: Connection, user_name: str, action: str, conversation_id: str = "", **detail: Any) -> None:
    """Add a line. `detail` holds ids and numbers, never a visitor's words."""
    row = {"user_name": user_name, "action": action, "conversation_id": conversation_id[:255]}
    connection.execute(sa.insert(audit).values(**row, at=time.time(), detail=json.dumps(detail, ensure_ascii=False)))


def read_audit(
    connection: Connection,
    *,
    user_name: str = "",
    action: str = "",
    conversation_id: str = "",
    before: int = 0,
    limit: int = 100,
) -> list[Mapping[str, Any]]:
    """Return the newest lines that fit, newest first; `before` is the id of the last line seen."""
    chosen = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    for column, value in (
        (audit.c.user_name, user_name),
        (audit.c.action, action),
        (audit.c.conversation_id, conversation_id),
    ):
        if value:
            chosen = chosen.where(column == value)
    if before:
        chosen = chosen.where(audit.c.id < before)
    return [{**row, "detail": json.loads(row["detail"])} for row in connection.execute(chosen).mappings()]
