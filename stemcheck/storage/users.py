"""The people who use the review console, each with one role."""

import re
import time
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.passwords import find_fault, fits, hash_password
from stemcheck.storage.review_tables import sessions, users
from stemcheck.storage.sign_in_throttle import forget_tries

ROLES = ("viewer", "reviewer", "admin")  # each may do all that the ones before may
NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


class UserError(ValueError):
    """A user cannot be added or changed; the message says why."""


@dataclass(frozen=True)
class User:
    """Somebody who may sign in."""

    name: str
    role: str
    created_at: float = 0.0
    disabled_at: float | None = None

    def may(self, role: str) -> bool:
        """Return whether this user may do what `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def add_user(connection: Connection, name: str, role: str, password: str = "") -> User:
    """Add a user; without a password, only a trusted proxy can sign them in. Raises UserError."""
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        raise UserError("A name has 1 to 64 letters without accents, digits, dots, hyphens, underscores or @.")
    if role not in ROLES:
        raise UserError(f"The roles are {', '.join(ROLES)}.")
    if password and (fault := find_fault(password, name)):
        raise UserError(fault)
    if connection.execute(sa.select(users.c.name).where(users.c.name == name)).first():
        raise UserError(f"There is a user {name} already.")
    row = {"name": name, "role": role, "password_hash": hash_password(password) if password else ""}
    connection.execute(sa.insert(users).values(**row, created_at=time.time()))
    return User(name, role)


def list_users(connection: Connection) -> list[User]:
    """Return everybody, by name."""
    rows = connection.execute(sa.select(users).order_by(users.c.name))
    return [User(row.name, row.role, row.created_at, row.disabled_at) for row in rows]


def list_reviewers(connection: Connection) -> list[str]:
    """Return the names of those who may be given conversations to review."""
    return [user.name for user in list_users(connection) if user.disabled_at is None and user.may("reviewer")]


def find_user(connection: Connection, name: str) -> User | None:
    """Return a user who is not disabled, or None."""
    chosen = sa.select(users).where(users.c.name == name.strip().lower(), users.c.disabled_at.is_(None))
    row = connection.execute(chosen).first()
    return User(row.name, row.role, row.created_at) if row else None


def check_password(connection: Connection, name: str, password: str) -> User | None:
    """Return the user whose name and password these are, or None."""
    user = find_user(connection, name)
    kept = (
        connection.execute(sa.select(users.c.password_hash).where(users.c.name == user.name)).scalar() if user else ""
    )
    return user if fits(password, kept or "") else None


def change_role(connection: Connection, name: str, role: str) -> None:
    """Give a user another role. Raises UserError, also when nobody would be admin any more."""
    if role not in ROLES:
        raise UserError(f"The roles are {', '.join(ROLES)}.")
    _change(connection, name, {"role": role}, keeps_admin=role == "admin")


def change_password(connection: Connection, name: str, password: str) -> None:
    """Give a user a new password; open sessions end, and so does the wait after wrong passwords. Raises UserError."""
    if fault := find_fault(password, name):
        raise UserError(fault)
    _change(connection, name, {"password_hash": hash_password(password)}, keeps_admin=True)
    connection.execute(sa.delete(sessions).where(sessions.c.user_name == name))
    forget_tries(connection, name=name)


def disable_user(connection: Connection, name: str) -> None:
    """Shut a user out, at once. Raises UserError for the last admin."""
    _change(connection, name, {"disabled_at": time.time()}, keeps_admin=False)
    connection.execute(sa.delete(sessions).where(sessions.c.user_name == name))


def enable_user(connection: Connection, name: str) -> None:
    """Let a user in again."""
    _change(connection, name, {"disabled_at": None}, keeps_admin=True)


def _change(connection: Connection, name: str, values: dict[str, object], *, keeps_admin: bool) -> None:
    others = sa.select(sa.func.count()).where(
        users.c.role == "admin", users.c.disabled_at.is_(None), users.c.name != name
    )
    known = connection.execute(sa.select(users.c.role).where(users.c.name == name)).scalar()
    if known is None:
        raise UserError(f"There is no user {name}.")
    if known == "admin" and not keeps_admin and not connection.execute(others).scalar():
        raise UserError("This is the last admin. Make somebody else admin first.")
    connection.execute(sa.update(users).where(users.c.name == name).values(values))
