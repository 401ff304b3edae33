"""Erase what is older than the days that were promised; only counts stay."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stemcheck.storage.database import transaction
from stemcheck.storage.erasure import empty_log, erase_conversation, forget_words
from stemcheck.storage.review_erasures import finish_erasures
from stemcheck.storage.review_figures import day_of, figures, keep_counts_of
from stemcheck.storage.review_sessions import clear_sessions
from stemcheck.storage.tables import conversations

BATCH = 100


@dataclass(frozen=True)
class RetentionReport:
    """What the job did: conversations erased, erasures finished that had failed before, and how many still wait."""

    erased: int
    finished: int
    waiting: int


def run_retention(engine: Engine, days: float, now: float) -> RetentionReport:
    """Erase all conversations without activity for `days`, and finish the erasures that failed."""
    finished = finish_erasures(engine)
    erased = 0
    while ids := _expired(engine, now - days * 86400):
        with transaction(engine) as connection:
            keep_counts_of(connection, ids, now)
            for id in ids:
                erase_conversation(connection, id)
        erased += len(ids)
    with transaction(engine) as connection:
        clear_sessions(connection, now)
        figures(connection, day_of(now - days * 86400), day_of(now), now)  # so that nobody waits for the first look
    if erased or finished:
        with transaction(engine) as connection:
            forget_words(connection)
        empty_log(engine)
    done = sum(1 for receipt in finished if receipt["finished_at"])
    return RetentionReport(erased, done, len(finished) - done)


def _expired(engine: Engine, before: float) -> list[str]:
    oldest = sa.select(conversations.c.id).where(conversations.c.last_activity_at < before)
    with engine.connect() as connection:
        return list(connection.execute(oldest.order_by(conversations.c.last_activity_at).limit(BATCH)).scalars())
