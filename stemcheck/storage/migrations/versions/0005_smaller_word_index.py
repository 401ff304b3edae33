"""SQLite's full-text index without the lengths of texts, which nothing asks for: a turn is stored more quickly."""

import sqlite3

from alembic import op

revision = "0005"
down_revision = "0004"

INDEX = (
    "CREATE VIRTUAL TABLE turns_words USING fts5(text, labels, content='turns', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 2 tokenchars '_'\"{more})"
)


def upgrade() -> None:
    """Make the index anew from the turns."""
    _make(", columnsize=0")


def downgrade() -> None:
    """Make it as it was."""
    _make("")


def _make(more: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE turns_words")
    op.execute(INDEX.format(more=more))
    op.execute("INSERT INTO turns_words(turns_words) VALUES ('rebuild')")
    if sqlite3.sqlite_version_info >= (3, 42):
        op.execute("INSERT INTO turns_words(turns_words, rank) VALUES ('secure-delete', 1)")
