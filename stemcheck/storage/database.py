"""The connection to the database, SQLite or PostgreSQL."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

LOCK_SECONDS = 3  # how long a writer waits for another one; well under the visitor's 10 seconds


def create_engine(url: str) -> Engine:
    """Return an engine for `url`. SQLite gets a write-ahead log, so that readers and one writer don't wait for each other."""
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        waits = {"connect_timeout": 3, "options": f"-c lock_timeout={int(LOCK_SECONDS * 1000)}"}
        return sa.create_engine(address, future=True, pool_pre_ping=True, connect_args=waits)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, future=True, connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    _turn_to_write_ahead_log(cursor)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _turn_to_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    # When processes open a new database together, SQLite refuses all but one of them at once: its timeout doesn't count here.
    give_up = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


@lru_cache(maxsize=4)
def shared_engine(url: str) -> Engine:
    """Return this process's one engine for `url`."""
    return create_engine(url)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are written together at the end, or not at all."""
    with engine.begin() as connection:
        yield connection
