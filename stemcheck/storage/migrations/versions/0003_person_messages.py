"""Messages for the team, kept word for word because the visitor said yes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "person_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), nullable=False, index=True),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("given_at", sa.Float, nullable=False),
        sa.UniqueConstraint("conversation_id", "client_id", name="one_person_message_a_client_id"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("person_messages")
