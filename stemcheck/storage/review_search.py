"""Search conversations: by what a turn holds (full-text index), by the conversation's row, or both; always in bounded time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.message_for_team import PLACEHOLDER
from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import tags, turns
from stemcheck.storage.tables import conversations, feedback, person_messages
from stemcheck.storage.turn_index import newest_matches

BATCH = 1500  # matching turns looked at together
MOST_BATCHES = 6  # for one page; older matches need a narrower search


@dataclass(frozen=True)
class Page:
    """Some conversations, most recent first; `is_cut` when older matches were not looked at."""

    rows: list[Mapping[str, Any]]
    has_more: bool
    is_cut: bool = False


def search(connection: Connection, filters: Filters, *, page: int = 1, size: int = 50) -> Page:
    """Return one page of the conversations that fit."""
    if not filters.ask_for_turns:
        newest_first = (conversations.c.last_activity_at.desc(), conversations.c.id.desc())
        ids = conversations_that_fit(filters).order_by(*newest_first).limit(size + 1).offset((page - 1) * size)
        found = list(connection.execute(ids).scalars())
        return Page(read_rows(connection, found[:size]), len(found) > size)
    first = (page - 1) * size
    found, is_cut = _by_turns(connection, filters, first + size + 1)
    return Page(read_rows(connection, found[first : first + size]), len(found) > first + size, is_cut)


def every_id(connection: Connection, filters: Filters) -> Iterator[str]:
    """Yield the id of each conversation that fits, for exports and bulk work: nothing is cut."""
    if not filters.ask_for_turns:
        newest_first = conversations.c.last_activity_at.desc()
        yield from connection.execute(conversations_that_fit(filters).order_by(newest_first)).scalars()
        return
    seen: set[str] = set()
    for batch in _batches(connection, filters):
        yield from _fitting(connection, filters, batch, seen)


def read_rows(connection: Connection, ids: list[str]) -> list[Mapping[str, Any]]:
    """Return the rows of conversations, in the order of `ids`."""
    found = connection.execute(sa.select(conversations).where(conversations.c.id.in_(ids))).mappings()
    by_id = {row["id"]: dict(row) for row in found}
    return [by_id[id] for id in ids if id in by_id]


def latest_words(connection: Connection, ids: list[str]) -> dict[str, str]:
    """Return the newest words of the visitor in each conversation."""
    of_these = (
        sa.select(sa.func.max(turns.c.id)).where(turns.c.conversation_id.in_(ids)).group_by(turns.c.conversation_id)
    )
    same = (
        person_messages.c.conversation_id == turns.c.conversation_id,
        person_messages.c.client_id == turns.c.client_id,
    )
    is_for_team = sa.exists().where(*same)
    chosen = sa.select(turns.c.conversation_id, turns.c.text, is_for_team.label("is_for_team"))
    rows = connection.execute(chosen.where(turns.c.id.in_(of_these)))
    return {row.conversation_id: PLACEHOLDER if row.is_for_team else row.text for row in rows}


def conversations_that_fit(filters: Filters) -> "sa.sql.Select":
    """Return the query for ids of conversations by their own row: dates, channel, length, tag, reviewer, status."""
    table = conversations.c
    chosen = sa.select(table.id)
    equal = (
        (table.channel, filters.channel),
        (table.review_status, filters.status),
        (table.assigned_to, filters.reviewer),
    )
    for column, value in equal:
        if value:
            chosen = chosen.where(column == value)
    for condition in (*_by_date(filters), *_by_thumb(filters)):
        chosen = chosen.where(condition)
    if filters.shortest:
        chosen = chosen.where(table.turns >= int(filters.shortest))
    if filters.longest:
        chosen = chosen.where(table.turns <= int(filters.longest))
    if filters.tag:
        chosen = chosen.where(table.id.in_(sa.select(tags.c.conversation_id).where(tags.c.tag == filters.tag)))
    return chosen


def _by_date(filters: Filters) -> Iterator[Any]:
    columns = {"": conversations.c.last_activity_at, "begun": conversations.c.started_at}
    if filters.dated in columns:
        yield from _between(columns[filters.dated], filters)


def _by_thumb(filters: Filters) -> Iterator[Any]:
    if filters.dated == "thumb":
        given = sa.select(feedback.c.conversation_id).where(*_between(feedback.c.given_at, filters))
        if filters.thumb:
            given = given.where(feedback.c.helpful == (filters.thumb == "up"))
        yield conversations.c.id.in_(given)
    elif filters.thumb:
        yield {"up": conversations.c.helpful, "down": conversations.c.not_helpful}[filters.thumb] > 0


def _between(column: Any, filters: Filters) -> Iterator[Any]:
    since, until = filters.between()
    if since is not None:
        yield column >= since
    if until is not None:
        yield column < until


def _by_turns(connection: Connection, filters: Filters, wanted: int) -> tuple[list[str], bool]:
    found: list[str] = []
    seen: set[str] = set()
    batches = _batches(connection, filters)
    for batch in islice(batches, MOST_BATCHES):
        found += _fitting(connection, filters, batch, seen)
        if len(found) >= wanted:
            return found[:wanted], False
    return found, next(batches, None) is not None


def _batches(connection: Connection, filters: Filters) -> Iterator[list[str]]:
    """Yield conversation ids of matching turns, newest first, BATCH at a time."""
    before = None
    while True:
        matches = newest_matches(connection, filters, before, BATCH)
        if matches:
            yield list(dict.fromkeys(match.conversation_id for match in matches))
        if len(matches) < BATCH:
            return
        before = matches[-1].id


def _fitting(connection: Connection, filters: Filters, ids: list[str], seen: set[str]) -> list[str]:
    new = [id for id in ids if id not in seen]
    seen.update(new)
    by_row = conversations_that_fit(filters)
    if by_row.whereclause is None or not new:
        return new
    fit = set(connection.execute(by_row.where(conversations.c.id.in_(new))).scalars())
    return [id for id in new if id in fit]
