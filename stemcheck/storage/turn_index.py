"""The full-text index of turns: FTS5 on SQLite, tsvector on PostgreSQL. What is asked for is always a bound value."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import turns

WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r'"([^"]*)"')
MOST_WORDS = 12
LARGEST_ID = 2**31 - 1


def newest_matches(connection: Connection, filters: Filters, before: int | None, limit: int) -> list[Row]:
    """Return `id` and `conversation_id` of the newest turns that match, below the id `before`."""
    said = _said(filters)
    ids = _ids_between(connection, said)
    if before:
        ids = (ids[0], min(ids[1], before - 1))
    chosen = sa.select(turns.c.id, turns.c.conversation_id).where(*said).limit(limit)
    if not filters.text and not filters.labels():
        return list(connection.execute(chosen.where(turns.c.id.between(*ids)).order_by(turns.c.id.desc())))
    if connection.dialect.name == "sqlite":
        # in the order of the index, which stops as soon as there are enough
        index = sa.table("turns_words", sa.column("rowid"))
        chosen = chosen.select_from(index.join(turns, turns.c.id == index.c.rowid)).order_by(index.c.rowid.desc())
        chosen = chosen.where(sa.text("turns_words MATCH :asked"), index.c.rowid.between(*ids))
        return list(connection.execute(chosen, {"asked": sqlite_query(filters)}))
    chosen = chosen.where(sa.text("turns.words @@ CAST(:asked AS tsquery)"), turns.c.id.between(*ids))
    return list(connection.execute(chosen.order_by(turns.c.id.desc()), {"asked": postgresql_query(filters)}))


def _said(filters: Filters) -> list[Any]:
    """Return the conditions for the time in which a turn was said."""
    since, until = filters.said_between()
    said = [turns.c.said_at >= since] if since is not None else []
    return said + ([turns.c.said_at < until] if until is not None else [])


def _ids_between(connection: Connection, said: list[Any]) -> tuple[int, int]:
    """Return the ids between which such turns lie: ids grow with time, so that only a part of the table is looked at."""
    if not said:
        return 0, LARGEST_ID
    first, last = connection.execute(sa.select(sa.func.min(turns.c.id), sa.func.max(turns.c.id)).where(*said)).one()
    return first or 0, last or 0


def sqlite_query(filters: Filters) -> str:
    """Return the question in FTS5's language."""
    parts = [f'text : "{" ".join(words)}"{"*" if is_open else ""}' for words, is_open in phrases_of(filters.text)]
    parts += ["labels : (" + " OR ".join(f'"{label}"' for label in one_of) + ")" for one_of in filters.labels()]
    return " AND ".join(f"({part})" for part in parts) or '""'


def postgresql_query(filters: Filters) -> str:
    """Return the question in PostgreSQL's language; a label begins with "=" there, which no word does."""
    parts = [
        " <-> ".join(f"'{word}'" for word in words) + (":*" if is_open else "")
        for words, is_open in phrases_of(filters.text)
    ]
    parts += [" | ".join(f"'={label}'" for label in one_of) for one_of in filters.labels()]
    return " & ".join(f"({part})" for part in parts)


def phrases_of(text: str) -> list[tuple[list[str], bool]]:
    """Return what is looked for: quoted words as a phrase, every other word alone and also as a beginning."""
    quoted = [WORD.findall(phrase.lower()) for phrase in QUOTED.findall(text)]
    single = WORD.findall(QUOTED.sub(" ", text).lower())
    phrases = [(words[:MOST_WORDS], False) for words in quoted if words] + [([word], True) for word in single]
    return phrases[:MOST_WORDS] or ([(["nothing", "to", "look", "for"], False)] if text else [])
