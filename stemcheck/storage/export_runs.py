"""How far an export is: written by the process that sends it, read by the one that shows it."""

import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import export_runs

KEPT = 86400.0  # seconds


@dataclass(frozen=True)
class ExportRun:
    """Conversations and lines sent so far; `total` conversations are to be sent, None before the download begins."""

    id: str
    user_name: str
    total: int | None = None
    conversations: int = 0
    lines: int = 0
    is_finished: bool = False


def begin_run(connection: Connection, user_name: str) -> str:
    """Return the id of a new export of this user; forget those of the days before."""
    now, id = time.time(), secrets.token_urlsafe(16)
    connection.execute(sa.delete(export_runs).where(export_runs.c.asked_at < now - KEPT))
    connection.execute(sa.insert(export_runs).values(id=id, user_name=user_name, asked_at=now))
    return id


def find_run(connection: Connection, id: str, user_name: str) -> ExportRun | None:
    """Return an export of this user, or None."""
    chosen = sa.select(export_runs).where(export_runs.c.id == id, export_runs.c.user_name == user_name)
    row = connection.execute(chosen).first()
    if row is None:
        return None
    return ExportRun(row.id, row.user_name, row.total, row.conversations, row.lines, row.finished_at is not None)


def write_run(connection: Connection, run: ExportRun) -> None:
    """Write down how far an export is."""
    finished_at = time.time() if run.is_finished else None
    values = {"total": run.total, "conversations": run.conversations, "lines": run.lines, "finished_at": finished_at}
    connection.execute(sa.update(export_runs).where(export_runs.c.id == run.id).values(values))
