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
ERASED = "erased "  # before what is counted: a share of a day that was not over yet
Counts = dict[str, Counter[tuple[str, str]]]  # day → (what, value) → number


def figures(connection: Connection, first: str, last: str, now: float) -> Counts:
    """Return the counts of each day from `first` to `last` (2026-05-31, both counted), counting what is not counted yet."""
    days = list(_days(first, min(last, day_of(now))))
    known, erased = _read(connection, days)
    for day in days:
        if day not in known:
            known[day] = _count(connection, day) + erased.get(day, Counter())
            if day < day_of(now):
                _keep(connection, day, known[day])
    return {day: known[day] for day in days}


def keep_counts_of(connection: Connection, ids: list[str], now: float) -> None:
    """Keep what these conversations count for, before they are erased: days that are over are counted, today's share is set aside."""
    times = connection.execute(sa.select(turns.c.said_at).where(turns.c.conversation_id.in_(ids))).scalars()
    days = sorted({day_of(time) for time in times} | {day_of(now)})
    known, erased = _read(connection, days)
    for day in days:
        if day not in known and day < day_of(now):
            _keep(connection, day, _count(connection, day) + erased.get(day, Counter()))
    share = _count(connection, day_of(now), ids)
    _keep(connection, day_of(now), Counter({(ERASED + what, value): n for (what, value), n in share.items() if n}))


def forget_days(connection: Connection, days: Iterable[str]) -> None:
    """Count these days anew when they are next asked for, as conversations were imported."""
    counted = day_counts.c.what.not_like(f"{ERASED}%")
    connection.execute(sa.delete(day_counts).where(day_counts.c.day.in_(list(days)), counted))


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


def _count(connection: Connection, day: str, ids: list[str] | None = None) -> Counter[tuple[str, str]]:
    """Return what was said, begun and thumbed on a day, in all conversations or in some."""
    start = _start(day)
    counts: Counter[tuple[str, str]] = Counter()

    def chosen(query: "sa.sql.Select", time: Any, conversation: Any) -> Any:
        on_day = query.where(time >= start, time < start + DAY)
        return connection.execute(on_day if ids is None else on_day.where(conversation.in_(ids)))

    for row in chosen(sa.select(turns.c.labels), turns.c.said_at, turns.c.conversation_id):
        counts["turns", ""] += 1
        for label in row.labels.split():
            what, _, value = label.partition("_")
            if what in COUNTED:
                counts[what, value] += 1
    began = sa.select(sa.func.count()).select_from(conversations)
    counts["conversations", ""] = int(chosen(began, conversations.c.started_at, conversations.c.id).scalar() or 0)
    thumbs = sa.select(feedback.c.helpful, sa.func.count()).group_by(feedback.c.helpful)
    for helpful, number in chosen(thumbs, feedback.c.given_at, feedback.c.conversation_id):
        counts["helpful", "yes" if helpful else "no"] = number
    return counts


def _keep(connection: Connection, day: str, counts: Counter[tuple[str, str]]) -> None:
    rows = [
        {"day": day, "what": what, "value": value, "number": number} for (what, value), number in sorted(counts.items())
    ]
    if not rows:
        return
    insert = (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(day_counts)
    key = (day_counts.c.day, day_counts.c.what, day_counts.c.value)
    # two people may ask for the same day at once, and both count the same; shares of what is erased add up
    total = sa.case(
        (day_counts.c.what.like(f"{ERASED}%"), day_counts.c.number + insert.excluded.number), else_=day_counts.c.number
    )
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_={"number": total}), rows)


def _read(connection: Connection, days: list[str]) -> tuple[Counts, Counts]:
    """Return the counts of days that were counted, and what was erased of days before they were."""
    known: Counts = {}
    erased: Counts = {}
    if not days:
        return known, erased
    for row in connection.execute(sa.select(day_counts).where(day_counts.c.day.between(days[0], days[-1]))):
        is_erased = row.what.startswith(ERASED)
        kept = erased if is_erased else known
        kept.setdefault(row.day, Counter())[row.what.removeprefix(ERASED), row.value] = row.number
    return known, erased
