"""Stores what the database refused as soon as it takes it, whether or not the visitor writes again."""

import logging
import threading
import time

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stemcheck.storage.database import transaction
from stemcheck.storage.outbox import Outbox
from stemcheck.storage.web_turns import ConversationErased
from stemcheck.storage.write_turn import write_turn

logger = logging.getLogger(__name__)

DELIVER_EVERY_SECONDS = 2.0


class OutboxTimer(threading.Thread):
    """A thread of its own, so that nobody's reply waits for a database that is locked."""

    def __init__(self, engine: Engine, outbox: Outbox) -> None:
        super().__init__(name="outbox", daemon=True)
        self._engine = engine
        self._outbox = outbox
        self._is_over = threading.Event()

    def run(self) -> None:
        """Deliver at once what an earlier process left, and from then on every DELIVER_EVERY_SECONDS."""
        while True:
            try:
                deliver(self._engine, self._outbox)
            except Exception as problem:
                logger.error("Turns that wait could not be stored: %s", type(problem).__name__)
            if self._is_over.wait(DELIVER_EVERY_SECONDS):
                return

    def stop(self) -> None:
        """End the thread; what waits stays on disk."""
        self._is_over.set()
        if self.is_alive():
            self.join()


def deliver(engine: Engine, outbox: Outbox) -> int:
    """Store the turns that wait, oldest first, and return how many were stored."""
    if not outbox.names():
        return 0
    with outbox.hold() as is_ours:
        if not is_ours:
            return 0
        if forgotten := outbox.erase_old(time.time()):
            logger.error("%d turns that no database took for days are given up.", forgotten)
        return _deliver_all(engine, outbox)


def _deliver_all(engine: Engine, outbox: Outbox) -> int:
    stored, waiting = 0, set()
    for name in outbox.names():
        turn = outbox.read(name)
        if turn is None or turn.conversation_id in waiting:
            continue
        try:
            with transaction(engine) as connection:
                write_turn(connection, turn)
            stored += 1
        except ConversationErased:
            logger.info("A turn of an erased conversation is not stored.")
        except sa.exc.OperationalError:
            return stored  # still locked or away
        except Exception as problem:
            # one turn that cannot be stored at all must not hold up the others; its conversation's later ones keep their order
            waiting.add(turn.conversation_id)
            logger.error("A turn that waits was refused again: %s", type(problem).__name__)
            continue
        outbox.remove(name)
    return stored
