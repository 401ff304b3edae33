"""Search conversations: by what a turn holds (full-text index), by the conversation's row, or both; always in bounded time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import tags
from stemcheck.storage.tables import conversations, feedback
from stemcheck.storage.turn_index import newest_matches

BATCH = 1500  # matching turns looked at together
MOST_COUNTED = 10_000  # conversations
MOST_BATCHES = 6  # for one page; older matches need a narrower search


@dataclass(frozen=True)
class Page:
    """Some conversations, most recent first, with the newest turn of each that fits, if turns were asked for.

    `total` conversations fit; `is_cut` when older matches were not looked at.
    """

    rows: list[Mapping[str, Any]]
    total: int
    has_more: bool
    hits: Mapping[str, int] = field(default_factory=dict)
    is_cut: bool = False


def search(connection: Connection, filters: Filters, *, page: int = 1, size: int = 50) -> Page:
    """Return one page of the conversations that fit."""
    first = (page - 1) * size
    if not filters.ask_for_turns:
        fitting = conversations_that_fit(filters)
        newest_first = (conversations.c.last_activity_at.desc(), conversations.c.id.desc())
        ids = fitting.order_by(*newest_first).limit(size).offset(first)
        found = list(connection.execute(ids).scalars())
        total = _count(connection, fitting)
        return Page(read_rows(connection, found), total, total > first + size, is_cut=total == MOST_COUNTED)
    hits, is_cut = _by_turns(connection, filters)
    shown = list(hits)[first : first + size]
    return Page(read_rows(connection, shown), len(hits), len(hits) > first + size, hits, is_cut)


def every_id(connection: Connection, filters: Filters) -> Iterator[str]:
    """Yield the id of each conversation that fits, for exports and bulk work: nothing is cut."""
    if not filters.ask_for_turns:
        newest_first = conversations.c.last_activity_at.desc()
        yield from connection.execute(conversations_that_fit(filters).order_by(newest_first)).scalars()
        return
    seen: set[str] = set()
    for batch in _batches(connection, filters):
        yield from _fitting(connection, filters, list(batch), seen)


def read_rows(connection: Connection, ids: list[str]) -> list[Mapping[str, Any]]:
    """Return the rows of conversations, in the order of `ids`."""
    found = connection.execute(sa.select(conversations).where(conversations.c.id.in_(ids))).mappings()
    by_id = {row["id"]: dict(row) for row in found}
    return [by_id[id] for id in ids if id in by_id]


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


def _count(connection: Connection, fitting: "sa.sql.Select") -> int:
    some = fitting.limit(MOST_COUNTED).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0)


def _by_turns(connection: Connection, filters: Filters) -> tuple[dict[str, int], bool]:
    """Return the conversations that fit, newest match first, each with the id of that turn; and whether there may be more."""
    found: dict[str, int] = {}
    seen: set[str] = set()
    batches = _batches(connection, filters)
    for batch in islice(batches, MOST_BATCHES):
        found |= {id: batch[id] for id in _fitting(connection, filters, list(batch), seen)}
    return found, next(batches, None) is not None


def _batches(connection: Connection, filters: Filters) -> Iterator[dict[str, int]]:
    """Yield conversation ids of matching turns with the newest of these turns, newest first, BATCH turns at a time."""
    before = None
    while True:
        matches = newest_matches(connection, filters, before, BATCH)
        if matches:
            newest: dict[str, int] = {}
            for match in matches:
                newest.setdefault(match.conversation_id, match.id)
            yield newest
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
