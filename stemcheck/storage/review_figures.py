"""Figures by day. A day that is over is counted once; its counts stay when its conversations are erased."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import day_counts, turns
from stemcheck.storage.tables import conversations, feedback

DAY = 86400
COUNTED = ("claim", "possible", "verdict", "safety", "kind")
Counts = dict[str, Counter[tuple[str, str]]]  # day → (what, value) → number


def figures(connection: Connection, first: str, last: str, now: float) -> Counts:
    """Return the counts of each day from `first` to `last` (2026-05-31, both counted), counting what is not counted yet."""
    days = list(_days(first, min(last, day_of(now))))
    known = _read(connection, days)
    for day in days:
        if day not in known:
            known[day] = _count(connection, day)
            if day < day_of(now):
                _keep(connection, day, known[day])
    return {day: known[day] for day in days}


def roll_up_days_of(connection: Connection, ids: list[str], now: float) -> None:
    """Count the days on which these conversations had turns, before they are erased."""
    times = connection.execute(sa.select(turns.c.said_at).where(turns.c.conversation_id.in_(ids))).scalars()
    days = sorted({day_of(time) for time in times})
    known = _read(connection, days)
    for day in days:
        if day not in known and day < day_of(now):
            _keep(connection, day, _count(connection, day))


def forget_days(connection: Connection, days: Iterable[str]) -> None:
    """Count these days anew when they are next asked for, as conversations were imported."""
    connection.execute(sa.delete(day_counts).where(day_counts.c.day.in_(list(days))))


def refused_questions(
    connection: Connection, first: str, last: str, *, limit: int | None = None, skip: int = 0
) -> list[dict[str, Any]]:
    """Return the questions that got no answer, newest first, all or some: `id`, `conversation_id` and `text`."""
    chosen = sa.select(turns.c.id, turns.c.conversation_id, turns.c.text).where(*_are_refused(first, last))
    newest_first = chosen.order_by(turns.c.said_at.desc(), turns.c.id.desc()).limit(limit).offset(skip)
    return [dict(row) for row in connection.execute(newest_first).mappings()]


def count_refused_questions(connection: Connection, first: str, last: str) -> int:
    """Return how many questions got no answer."""
    counted = sa.select(sa.func.count()).select_from(turns).where(*_are_refused(first, last))
    return int(connection.execute(counted).scalar() or 0)


def day_of(seconds: float) -> str:
    """Return the day (UTC) of a moment, as 2026-05-31."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d")


def _are_refused(first: str, last: str) -> tuple[Any, ...]:
    return (turns.c.said_at >= _start(first), turns.c.said_at < _start(last) + DAY, turns.c.kind == "out-of-scope")


def _start(day: str) -> float:
    return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=timezone.utc).timestamp()


def _days(first: str, last: str) -> Iterable[str]:
    day = datetime.strptime(first, "%Y-%m-%d")
    while (name := day.strftime("%Y-%m-%d")) <= last:
        yield name
        day += timedelta(days=1)


def _count(connection: Connection, day: str) -> Counter[tuple[str, str]]:
    start = _start(day)
    counts: Counter[tuple[str, str]] = Counter()
    on_day = (turns.c.said_at >= start, turns.c.said_at < start + DAY)
    for row in connection.execute(sa.select(turns.c.labels).where(*on_day)):
        counts["turns", ""] += 1
        for label in row.labels.split():
            what, _, value = label.partition("_")
            if what in COUNTED:
                counts[what, value] += 1
    began = sa.select(sa.func.count()).select_from(conversations)
    is_new = (conversations.c.started_at >= start, conversations.c.started_at < start + DAY)
    counts["conversations", ""] = int(connection.execute(began.where(*is_new)).scalar() or 0)
    thumbs = sa.select(feedback.c.helpful, sa.func.count()).group_by(feedback.c.helpful)
    for helpful, number in connection.execute(
        thumbs.where(feedback.c.given_at >= start, feedback.c.given_at < start + DAY)
    ):
        counts["helpful", "yes" if helpful else "no"] = number
    return counts


def _keep(connection: Connection, day: str, counts: Counter[tuple[str, str]]) -> None:
    rows = [{"day": day, "what": what, "value": value, "number": number} for (what, value), number in counts.items()]
    # two people may ask for the same day at once; both count the same
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(day_counts).on_conflict_do_nothing(), rows)


def _read(connection: Connection, days: list[str]) -> Counts:
    found: Counts = {}
    if not days:
        return found
    chosen = sa.select(day_counts).where(day_counts.c.day.between(days[0], days[-1]))
    for row in connection.execute(chosen):
        found.setdefault(row.day, Counter())[row.what, row.value] = row.number
    return found
