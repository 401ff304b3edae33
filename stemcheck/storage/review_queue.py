"""The queues of the review console: what is waiting, most recent activity first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.tables import conversations

MOST_COUNTED = 10_000
# Written out, not bound: a partial index is only used when the words are those of migration 0002.
OPEN = "review_status IN ('new', 'in-review')"


@dataclass(frozen=True)
class Queue:
    """One queue: its id, its name, what it is for, and which conversations are in it."""

    id: str
    title: str
    about: str
    condition: str


QUEUES = {
    queue.id: queue
    for queue in (
        Queue("safety", "Safety", "A safety card was shown.", f"safety > 0 AND {OPEN}"),
        Queue("person", "Wants a person", "The visitor asked for a person.", f"wants_person > 0 AND {OPEN}"),
        Queue("thumbs_down", "Thumbs down", "A reply was not helpful.", f"not_helpful > 0 AND {OPEN}"),
        Queue(
            "unsure",
            "Unanswered or unsure",
            "No answer was given, or the situation had a confidence below 0.3.",
            f"(unanswered > 0 OR lowest_confidence < 0.3) AND {OPEN}",
        ),
        Queue(
            "possible",
            "Possible claims",
            "Something may be a claim; nobody confirmed it.",
            f"possible_claims > 0 AND {OPEN}",
        ),
        Queue("flagged", "Flagged claims", "A claim was flagged.", f"flagged_claims > 0 AND {OPEN}"),
        Queue("unreviewed", "Not reviewed", "Nobody has looked at it yet.", "review_status = 'new'"),
        Queue("later", "For later", "Somebody put it off.", "review_status = 'later'"),
    )
}


def count_queues(connection: Connection) -> dict[str, int]:
    """Return how many conversations wait in each queue, counted up to MOST_COUNTED."""
    return {id: _count(connection, queue.condition) for id, queue in QUEUES.items()}


def list_queue(
    connection: Connection, queue: Queue, *, page: int = 1, size: int = 50
) -> tuple[list[Mapping[str, Any]], bool]:
    """Return one page of a queue, and whether there is another."""
    chosen = _rows(queue).limit(size + 1).offset((page - 1) * size)
    rows: list[Mapping[str, Any]] = [dict(row) for row in connection.execute(chosen).mappings()]
    return rows[:size], len(rows) > size


def neighbours(connection: Connection, queue: Queue, conversation: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the ids before (more recent) and after (older) a conversation in a queue."""
    place = sa.tuple_(conversations.c.last_activity_at, conversations.c.id)
    here = sa.tuple_(sa.literal(conversation["last_activity_at"]), sa.literal(conversation["id"]))
    ids = sa.select(conversations.c.id).where(sa.text(queue.condition)).limit(1)
    newer = ids.where(place > here).order_by(conversations.c.last_activity_at, conversations.c.id)
    older = ids.where(place < here).order_by(conversations.c.last_activity_at.desc(), conversations.c.id.desc())
    return connection.execute(newer).scalar(), connection.execute(older).scalar()


def _rows(queue: Queue) -> "sa.sql.Select":
    newest_first = (conversations.c.last_activity_at.desc(), conversations.c.id.desc())
    return sa.select(conversations).where(sa.text(queue.condition)).order_by(*newest_first)


def _count(connection: Connection, condition: str) -> int:
    # in the order of the queue's index, as SQLite takes another one otherwise and reads every row
    newest_first = (conversations.c.last_activity_at.desc(), conversations.c.id.desc())
    some = (
        sa.select(conversations.c.id).where(sa.text(condition)).order_by(*newest_first).limit(MOST_COUNTED).subquery()
    )
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0)
