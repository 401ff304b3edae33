"""How often somebody may try a password: counted in the database, before it is tried, so that all processes count together.

Who signed in by this browser before has a device: a limit of its own, so that nobody who only knows a name can lock its owner
out (OWASP's "device cookies").
"""

import hashlib
import math
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import sign_in_failures

WINDOW_SECONDS = 15 * 60.0
MAX_TRIES = {"name": 5, "device": 5, "address": 20}


def count_try(connection: Connection, now: float, **who: str) -> int:
    """Count a try of this `name`, `address` or `device`; return how many seconds it must wait instead, 0 if it may be made."""
    keys = _keys(who)
    _wait_for_others(connection, keys.values(), now)
    wait = _longest_wait(connection, keys, now)
    if not wait:
        connection.execute(sa.insert(sign_in_failures), [{"who": key, "at": now} for key in keys.values()])
    return wait


def seconds_to_wait(connection: Connection, now: float, **who: str) -> int:
    """Return how long these must wait until they may try again; 0 if they need not."""
    return _longest_wait(connection, _keys(who), now)


def forget_try(connection: Connection, at: float, **who: str) -> None:
    """Forget the try of this moment, as it was none of a stranger."""
    chosen = sa.delete(sign_in_failures).where(sign_in_failures.c.who.in_(_keys(who).values()))
    connection.execute(chosen.where(sign_in_failures.c.at == at))


def forget_tries(connection: Connection, **who: str) -> None:
    """Forget all that these did wrong."""
    connection.execute(sa.delete(sign_in_failures).where(sign_in_failures.c.who.in_(_keys(who).values())))


def _wait_for_others(connection: Connection, keys: Iterable[str], now: float) -> None:
    """Let tries that come at the same moment count one after the other; forget those that are too old to matter."""
    if connection.dialect.name == "postgresql":
        for key in sorted(keys):
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
    # on SQLite, whoever deletes has the file alone until the transaction ends
    connection.execute(sa.delete(sign_in_failures).where(sign_in_failures.c.at < now - WINDOW_SECONDS))


def _longest_wait(connection: Connection, keys: dict[str, str], now: float) -> int:
    return max((_wait(connection, key, MAX_TRIES[kind], now) for kind, key in keys.items()), default=0)


def _wait(connection: Connection, key: str, most: int, now: float) -> int:
    recent = sa.select(sign_in_failures.c.at).where(
        sign_in_failures.c.who == key, sign_in_failures.c.at > now - WINDOW_SECONDS
    )
    times = list(connection.execute(recent.order_by(sign_in_failures.c.at.desc()).limit(most)).scalars())
    return max(1, math.ceil(times[-1] + WINDOW_SECONDS - now)) if len(times) == most else 0


def _keys(who: dict[str, str]) -> dict[str, str]:
    digests = {kind: hashlib.sha256(value.strip().lower().encode()).hexdigest()[:40] for kind, value in who.items()}
    return {kind: f"{kind}:{digest}" for kind, digest in digests.items() if who[kind]}
