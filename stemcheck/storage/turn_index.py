"""The full-text index of turns: FTS5 on SQLite, tsvector on PostgreSQL. What is asked for is always a bound value."""

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import turns

WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r'"([^"]*)"')
MOST_WORDS = 12


def newest_matches(connection: Connection, filters: Filters, before: int | None, limit: int) -> list[Row]:
    """Return `id` and `conversation_id` of the newest turns that match, below the id `before`."""
    if connection.dialect.name == "sqlite":
        index = sa.table("turns_words", sa.column("rowid"))
        matches = sa.select(index.c.rowid).where(sa.text("turns_words MATCH :asked")).order_by(index.c.rowid.desc())
        if before:
            matches = matches.where(index.c.rowid < before)
        inner = matches.limit(limit).subquery()
        chosen = sa.select(turns.c.id, turns.c.conversation_id).join(inner, inner.c.rowid == turns.c.id)
        return list(connection.execute(chosen.order_by(turns.c.id.desc()), {"asked": sqlite_query(filters)}))
    chosen = sa.select(turns.c.id, turns.c.conversation_id).where(sa.text("turns.words @@ CAST(:asked AS tsquery)"))
    if before:
        chosen = chosen.where(turns.c.id < before)
    return list(
        connection.execute(chosen.order_by(turns.c.id.desc()).limit(limit), {"asked": postgresql_query(filters)})
    )


def sqlite_query(filters: Filters) -> str:
    """Return the question in FTS5's language."""
    parts = [f'text : "{" ".join(words)}"{"*" if is_open else ""}' for words, is_open in _phrases(filters.text)]
    parts += ["labels : (" + " OR ".join(f'"{label}"' for label in one_of) + ")" for one_of in filters.labels()]
    return " AND ".join(f"({part})" for part in parts) or '""'


def postgresql_query(filters: Filters) -> str:
    """Return the question in PostgreSQL's language; a label begins with "=" there, which no word does."""
    parts = [
        " <-> ".join(f"'{word}'" for word in words) + (":*" if is_open else "")
        for words, is_open in _phrases(filters.text)
    ]
    parts += [" | ".join(f"'={label}'" for label in one_of) for one_of in filters.labels()]
    return " & ".join(f"({part})" for part in parts)


def _phrases(text: str) -> list[tuple[list[str], bool]]:
    """Return what is looked for: quoted words as a phrase, every other word alone and also as a beginning."""
    quoted = [WORD.findall(phrase.lower()) for phrase in QUOTED.findall(text)]
    single = WORD.findall(QUOTED.sub(" ", text).lower())
    phrases = [(words[:MOST_WORDS], False) for words in quoted if words] + [([word], True) for word in single]
    return phrases[:MOST_WORDS] or ([(["nothing", "to", "look", "for"], False)] if text else [])
