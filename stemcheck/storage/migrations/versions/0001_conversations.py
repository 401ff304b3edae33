"""The first version: Rasa's events where they are not there yet, conversations, exchanges, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; a table `events` of a plain Rasa project stays as it is."""
    if not sa.inspect(op.get_bind()).has_table("events"):
        op.create_table(
            "events",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("sender_id", sa.String(255), nullable=False, index=True),
            sa.Column("type_name", sa.String(255), nullable=False),
            sa.Column("timestamp", sa.Float),
            sa.Column("intent_name", sa.String(255)),
            sa.Column("action_name", sa.String(255)),
            sa.Column("data", sa.Text),
        )
    count = [
        sa.Column(name, sa.Integer, nullable=False, server_default="0")
        for name in ("turns", "events", "flagged_claims", "possible_claims", "unanswered", "safety", "wants_person")
    ]
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("channel", sa.String(64), nullable=False, server_default=""),
        sa.Column("started_at", sa.Float, nullable=False),
        sa.Column("last_activity_at", sa.Float, nullable=False, index=True),
        sa.Column("token_expires_at", sa.Float),
        *count,
        sa.Column("helpful", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_helpful", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lowest_confidence", sa.Float),
        sa.Column("snapshot", sa.Text),
    )
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("answered_at", sa.Float),
        sa.Column("reply", sa.Text),
        sa.UniqueConstraint("conversation_id", "client_id", name="one_exchange_a_client_id"),
    )
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("message_id", sa.String(64), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text, nullable=False, server_default=""),
        sa.Column("given_at", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Drop what `upgrade` made; the events are kept."""
    for table in ("feedback", "exchanges", "conversations"):
        op.drop_table(table)
