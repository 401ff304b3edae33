"""Sessions of the review console: begun at sign-in, ended by sign-out, by idleness and by age."""

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import sessions
from stemcheck.storage.users import User, find_user

LONGEST = 12 * 3600.0  # seconds from sign-in
IDLE = 3600.0  # seconds without a request
NOTED_EVERY = 60.0  # seconds; a page that is only read need not write each time


@dataclass(frozen=True)
class Session:
    """A session that is open: whose it is, and the token that its forms must carry."""

    user: User
    csrf: str
    digest: str


def begin_session(connection: Connection, user: User, now: float) -> str:
    """Begin a session and return the secret for the cookie. It is always a new one, whatever the browser sent."""
    secret = secrets.token_urlsafe(32)
    row = {"digest": _digest(secret), "user_name": user.name, "csrf": secrets.token_urlsafe(24)}
    connection.execute(sa.insert(sessions).values(**row, began_at=now, seen_at=now))
    return secret


def find_session(connection: Connection, secret: str, now: float) -> Session | None:
    """Return the open session of a cookie, or None."""
    chosen = sa.select(sessions).where(
        sessions.c.digest == _digest(secret), sessions.c.began_at > now - LONGEST, sessions.c.seen_at > now - IDLE
    )
    row = connection.execute(chosen).first()
    user = find_user(connection, row.user_name) if row else None
    if not row or not user:
        return None
    if row.seen_at < now - NOTED_EVERY:
        connection.execute(sa.update(sessions).where(sessions.c.digest == row.digest).values(seen_at=now))
    return Session(user, row.csrf, row.digest)


def end_session(connection: Connection, digest: str) -> None:
    """End one session."""
    connection.execute(sa.delete(sessions).where(sessions.c.digest == digest))


def end_sessions_of(connection: Connection, user_name: str) -> int:
    """End all sessions of a user and return how many there were."""
    return int(connection.execute(sa.delete(sessions).where(sessions.c.user_name == user_name)).rowcount)


def clear_sessions(connection: Connection, now: float) -> int:
    """Delete the sessions that nobody can use any more."""
    is_over = sa.or_(sessions.c.began_at <= now - LONGEST, sessions.c.seen_at <= now - IDLE)
    return int(connection.execute(sa.delete(sessions).where(is_over)).rowcount)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
