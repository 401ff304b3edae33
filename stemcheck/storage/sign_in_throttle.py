"""How often somebody may try a password: counted in the database, so that all processes count together."""

import hashlib
import math

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import sign_in_failures

WINDOW = 15 * 60.0  # seconds
MOST_OF_A_NAME = 5
MOST_OF_AN_ADDRESS = 20


def seconds_to_wait(connection: Connection, name: str, address: str, now: float) -> int:
    """Return how long this name or address must wait until it may try again; 0 if it need not."""
    limits = {_key("address", address): MOST_OF_AN_ADDRESS}
    if name:
        limits[_key("name", name)] = MOST_OF_A_NAME
    return max(_wait(connection, key, most, now) for key, most in limits.items())


def count_failure(connection: Connection, name: str, address: str, now: float) -> None:
    """Write down a wrong password, or a sign-in that failed before there was a name."""
    keys = [_key("address", address), *([_key("name", name)] if name else [])]
    connection.execute(sa.insert(sign_in_failures), [{"who": key, "at": now} for key in keys])


def forget_failures(connection: Connection, name: str, now: float) -> None:
    """Forget what this name did wrong, and all that is too old to matter."""
    is_over = sa.or_(sign_in_failures.c.who == _key("name", name), sign_in_failures.c.at < now - WINDOW)
    connection.execute(sa.delete(sign_in_failures).where(is_over))


def _wait(connection: Connection, key: str, most: int, now: float) -> int:
    recent = sa.select(sign_in_failures.c.at).where(sign_in_failures.c.who == key, sign_in_failures.c.at > now - WINDOW)
    times = list(connection.execute(recent.order_by(sign_in_failures.c.at.desc()).limit(most)).scalars())
    return max(1, math.ceil(times[-1] + WINDOW - now)) if len(times) == most else 0


def _key(kind: str, who: str) -> str:
    return f"{kind}:{hashlib.sha256(who.strip().lower().encode()).hexdigest()[:40]}"
