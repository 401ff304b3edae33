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

# all well under the visitor's 10 seconds
LOCK_SECONDS = 3  # how long a writer waits for another one
CONNECT_SECONDS = 3
SILENCE_SECONDS = 5  # after which a server that is cut off is given up
STATEMENT_SECONDS = 4  # for what a visitor waits for; what the review console and the commands ask may take longer
POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 3}  # connections of one process


def create_engine(url: str, *, statement_seconds: float | None = None) -> Engine:
    """Return an engine for `url`; a PostgreSQL server gives up what takes longer than `statement_seconds`."""
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        return _create_for_server(address, statement_seconds)
    in_file = bool(address.database) and address.database != ":memory:"
    if in_file:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # a pool: the last connection that closes writes the log into the file and deletes it, some fifteen times a message
    pool = {**POOL, "poolclass": sa.pool.QueuePool} if in_file else {}
    waits = {"timeout": LOCK_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(address, future=True, connect_args=waits, **pool)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _create_for_server(address: sa.engine.URL, statement_seconds: float | None) -> Engine:
    limits: dict[str, float] = {"lock_timeout": LOCK_SECONDS}
    if statement_seconds is not None:
        limits["statement_timeout"] = statement_seconds
    waits = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENCE_SECONDS * 1000,
        "keepalives_idle": SILENCE_SECONDS,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "options": " ".join(f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items()),
    }
    return sa.create_engine(address, future=True, pool_pre_ping=True, connect_args=waits, **POOL)


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
    """Return this process's one engine for `url`, for what a visitor waits for."""
    return create_engine(url, statement_seconds=STATEMENT_SECONDS)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are written together at the end, or not at all."""
    with engine.begin() as connection:
        yield connection
