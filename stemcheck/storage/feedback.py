"""Thumbs up and down."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.masking import mask
from stemcheck.storage.tables import conversations, feedback


def give_feedback(
    connection: Connection, conversation_id: str, message_id: str, helpful: bool, comment: str, now: float
) -> None:
    """Write down what a visitor thinks of a reply; a second thumb on the same reply takes the place of the first."""
    hold_conversation(connection, conversation_id)  # two thumbs at the same time come one after the other
    connection.execute(
        sa.delete(feedback).where(feedback.c.conversation_id == conversation_id, feedback.c.message_id == message_id)
    )
    row = {
        "conversation_id": conversation_id,
        "message_id": message_id,
        "helpful": helpful,
        "comment": mask(comment),
        "given_at": now,
    }
    connection.execute(sa.insert(feedback).values(row))
    counts = {
        name: _count(conversation_id, is_helpful) for name, is_helpful in (("helpful", True), ("not_helpful", False))
    }
    connection.execute(sa.update(conversations).where(conversations.c.id == conversation_id).values(counts))


def _count(conversation_id: str, helpful: bool) -> "sa.sql.selectable.ScalarSelect[int]":
    chosen = sa.select(sa.func.count()).select_from(feedback)
    return chosen.where(feedback.c.conversation_id == conversation_id, feedback.c.helpful == helpful).scalar_subquery()
