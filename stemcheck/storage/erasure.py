"""Erase a conversation in every table, with a receipt."""

import sqlite3

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.outbox import outbox_of
from stemcheck.storage.review_tables import corrections, notes, tags, turns
from stemcheck.storage.tables import conversations, events, exchanges, feedback, person_messages

OUTBOX = "outbox"  # a folder, no table
# children before parents
OWNED = {
    "notes": notes.c.conversation_id,
    "tags": tags.c.conversation_id,
    "corrections": corrections.c.conversation_id,
    "turns": turns.c.conversation_id,
    "person_messages": person_messages.c.conversation_id,
    "feedback": feedback.c.conversation_id,
    "exchanges": exchanges.c.conversation_id,
    "events": events.c.sender_id,
    "conversations": conversations.c.id,
}


def erase_conversation(connection: Connection, conversation_id: str) -> dict[str, int]:
    """Erase a conversation and return how many rows each table, and turns the outbox, lost: the receipt. An unknown one gives zeros."""
    hold_conversation(connection, conversation_id)  # a turn that is being written comes before, or not at all
    waiting = outbox_of(connection.engine).erase(conversation_id)
    rows = {
        name: connection.execute(sa.delete(column.table).where(column == conversation_id)).rowcount
        for name, column in OWNED.items()
    }
    return {OUTBOX: waiting, **rows}


def empty_log(engine: Engine) -> None:
    """Write SQLite's log into its file and empty it, since it keeps erased words until then; a busy one waits for the next erasure."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_words(connection: Connection) -> None:
    """Write SQLite's full-text index anew, since it keeps erased words until its parts are merged; from 3.42 on it needs no help."""
    if connection.dialect.name == "sqlite" and sqlite3.sqlite_version_info < (3, 42):
        connection.execute(sa.text("INSERT INTO turns_words(turns_words) VALUES ('optimize')"))
