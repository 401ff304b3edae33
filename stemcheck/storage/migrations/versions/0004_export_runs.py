"""How far exports are, for whoever waits for one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "export_runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("user_name", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False, index=True),
        sa.Column("total", sa.Integer),
        sa.Column("conversations", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lines", sa.Integer, nullable=False, server_default="0"),
        sa.Column("finished_at", sa.Float),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("export_runs")
