"""What reviewers do with conversations: status, assignment, tags, notes."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.masking import mask
from stemcheck.storage.review_filters import STATUSES
from stemcheck.storage.review_tables import notes, tags
from stemcheck.storage.tables import conversations

LONGEST_TAG = 40
LONGEST_NOTE = 4000


class WorkError(ValueError):
    """Something cannot be done; the message says why."""


def set_status(connection: Connection, ids: Sequence[str], status: str) -> int:
    """Give conversations a status and return how many there were. Raises WorkError."""
    if status not in STATUSES:
        raise WorkError(f"The status is one of {', '.join(STATUSES)}.")
    return _update(connection, ids, review_status=status, reviewed_at=time.time() if status == "done" else None)


def assign(connection: Connection, ids: Sequence[str], user_name: str) -> int:
    """Assign conversations to somebody, or to nobody; return how many there were."""
    return _update(connection, ids, assigned_to=user_name)


def add_tag(connection: Connection, ids: Sequence[str], tag: str, author: str, *, turn_id: int = 0) -> str:
    """Tag conversations, or one turn of one; return the tag as it is kept. Raises WorkError."""
    kept = " ".join(tag.lower().split())
    if not 1 <= len(kept) <= LONGEST_TAG:
        raise WorkError(f"A tag has 1 to {LONGEST_TAG} characters.")
    if mask(kept) != kept:
        raise WorkError("A tag must not hold an address or a number of somebody: everybody here sees it. Use a note.")
    had = sa.select(tags.c.conversation_id).where(
        tags.c.conversation_id.in_(ids), tags.c.turn_id == turn_id, tags.c.tag == kept
    )
    have = set(connection.execute(had).scalars())
    row = {"turn_id": turn_id, "tag": kept, "author": author, "at": time.time()}
    new = [{"conversation_id": id, **row} for id in dict.fromkeys(ids) if id not in have]
    if new:
        connection.execute(sa.insert(tags), new)
    return kept


def remove_tag(connection: Connection, conversation_id: str, turn_id: int, tag: str) -> None:
    """Take a tag away."""
    chosen = sa.delete(tags).where(tags.c.conversation_id == conversation_id)
    connection.execute(chosen.where(tags.c.turn_id == turn_id, tags.c.tag == tag))


def list_tags(connection: Connection, conversation_id: str) -> list[Mapping[str, Any]]:
    """Return a conversation's tags, those of its turns too."""
    chosen = sa.select(tags).where(tags.c.conversation_id == conversation_id).order_by(tags.c.tag)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def known_tags(connection: Connection) -> list[str]:
    """Return every tag in use, but for those of old that hold what is masked elsewhere."""
    found = connection.execute(sa.select(tags.c.tag).distinct().order_by(tags.c.tag).limit(500)).scalars()
    return [tag for tag in found if mask(tag) == tag]


def add_note(connection: Connection, conversation_id: str, text: str, author: str, *, turn_id: int = 0) -> None:
    """Write a note down, masked. Raises WorkError."""
    if not 1 <= len(text.strip()) <= LONGEST_NOTE:
        raise WorkError(f"A note has 1 to {LONGEST_NOTE} characters.")
    row = {"conversation_id": conversation_id, "turn_id": turn_id, "author": author, "text": mask(text.strip())}
    connection.execute(sa.insert(notes).values(**row, at=time.time()))


def list_notes(connection: Connection, conversation_id: str) -> list[Mapping[str, Any]]:
    """Return a conversation's notes, oldest first."""
    chosen = sa.select(notes).where(notes.c.conversation_id == conversation_id).order_by(notes.c.id)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def known_channels(connection: Connection) -> list[str]:
    """Return the channels of all conversations. Each step jumps to the next one in an index, so that none is counted."""
    found: list[str] = []
    column = conversations.c.channel
    while len(found) < 50:
        after = sa.select(sa.func.min(column)).where(column > (found[-1] if found else ""))
        channel = connection.execute(after).scalar()
        if channel is None:
            break
        found.append(channel)
    return found


def _update(connection: Connection, ids: Sequence[str], **values: Any) -> int:
    changed = sa.update(conversations).where(conversations.c.id.in_(list(ids)))
    return int(connection.execute(changed.values(values)).rowcount)
