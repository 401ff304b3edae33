"""The review console: a row a turn with a full-text index, people, audit, notes, tags, corrections, erasures, counts."""

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# A partial index serves both the count and the list of a queue; the words are the same as in review_queue.py.
OPEN = "review_status IN ('new', 'in-review')"
QUEUES = {
    "unsure": f"(unanswered > 0 OR lowest_confidence < 0.3) AND {OPEN}",
    "flagged": f"flagged_claims > 0 AND {OPEN}",
    "possible": f"possible_claims > 0 AND {OPEN}",
    "safety": f"safety > 0 AND {OPEN}",
    "person": f"wants_person > 0 AND {OPEN}",
    "thumbs_down": f"not_helpful > 0 AND {OPEN}",
    "unreviewed": "review_status = 'new'",
    "later": "review_status = 'later'",
}


def upgrade() -> None:
    """Make the tables, and indexes on those of version 0001."""
    text = {"nullable": False, "server_default": ""}
    for column in (
        sa.Column("review_status", sa.String(16), nullable=False, server_default="new"),
        sa.Column("assigned_to", sa.String(64), **text),
        sa.Column("reviewed_at", sa.Float),
    ):
        op.add_column("conversations", column)
    _make_turns(text)
    _make_people(text)
    _make_work(text)
    _index()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)
    if is_sqlite and sqlite3.sqlite_version_info >= (3, 42):
        # else the index keeps the words of an erased row until its parts happen to be merged
        op.execute("INSERT INTO turns_words(turns_words, rank) VALUES ('secure-delete', 1)")


def _make_turns(text: dict[str, object]) -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("message_id", sa.String(64), **text),
        sa.Column("client_id", sa.String(64), **text),
        sa.Column("said_at", sa.Float, nullable=False),
        sa.Column("text", sa.Text, **text),
        sa.Column("intent", sa.String(255), **text),
        sa.Column("confidence", sa.Float),
        sa.Column("kind", sa.String(32), **text),
        sa.Column("labels", sa.Text, **text),
        sa.Column("model", sa.String(64), **text),
        sa.Column("milliseconds", sa.Float),
    )
    op.create_table(
        "day_counts",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("what", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(255), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def _make_people(text: dict[str, object]) -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255), **text),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("disabled_at", sa.Float),
    )
    op.create_table(
        "review_sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user_name", sa.String(64), nullable=False, index=True),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("began_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("who", sa.String(80), nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("user_name", sa.String(64), nullable=False, index=True),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(255), index=True, **text),
        sa.Column("detail", sa.Text, nullable=False, server_default="{}"),
    )


def _make_work(text: dict[str, object]) -> None:
    op.create_table(
        "tags",
        sa.Column("conversation_id", sa.String(255), primary_key=True),
        sa.Column("turn_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tag", sa.String(40), primary_key=True, index=True),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    for name, columns in {
        "notes": (sa.Column("text", sa.Text, nullable=False),),
        "corrections": (
            sa.Column("kind", sa.String(32), nullable=False),
            sa.Column("content", sa.Text, nullable=False),
            sa.Column("applied_at", sa.Float),
        ),
    }.items():
        op.create_table(
            name,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
            sa.Column("turn_id", sa.Integer, nullable=False, server_default="0"),
            sa.Column("author", sa.String(64), nullable=False),
            sa.Column("at", sa.Float, nullable=False),
            *columns,
        )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(255), nullable=False, index=True),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("finished_at", sa.Float),
        sa.Column("stores", sa.Text, nullable=False, server_default="{}"),
    )


def _index() -> None:
    op.create_index("ix_turns_conversation", "turns", ["conversation_id", "id"])
    op.create_index("ix_turns_said_at", "turns", ["said_at", "kind"])
    op.create_index("ix_events_sender_id_id", "events", ["sender_id", "id"])
    op.create_index("ix_exchanges_conversation", "exchanges", ["conversation_id", "received_at"])
    op.create_index("ix_conversations_channel", "conversations", ["channel"])
    op.create_index("ix_conversations_started_at", "conversations", ["started_at"])
    op.create_index("ix_feedback_given_at", "feedback", ["given_at"])
    walk = ["last_activity_at", "id", "review_status", "channel", "assigned_to", "turns"]
    op.create_index("ix_conversations_walk", "conversations", walk)
    op.create_index("ix_conversations_assigned", "conversations", ["assigned_to", "last_activity_at"])
    for queue, condition in QUEUES.items():
        where = sa.text(condition)
        options = {"sqlite_where": where, "postgresql_where": where}
        op.create_index(f"ix_queue_{queue}", "conversations", ["last_activity_at", "id"], **options)


SQLITE = (
    "CREATE VIRTUAL TABLE turns_words USING fts5(text, labels, content='turns', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 2 tokenchars '_'\")",
    "CREATE TRIGGER turns_added AFTER INSERT ON turns BEGIN "
    "INSERT INTO turns_words(rowid, text, labels) VALUES (new.id, new.text, new.labels); END",
    "CREATE TRIGGER turns_erased AFTER DELETE ON turns BEGIN "
    "INSERT INTO turns_words(turns_words, rowid, text, labels) VALUES ('delete', old.id, old.text, old.labels); END",
    "CREATE TRIGGER turns_changed AFTER UPDATE OF text, labels ON turns BEGIN "
    "INSERT INTO turns_words(turns_words, rowid, text, labels) VALUES ('delete', old.id, old.text, old.labels); "
    "INSERT INTO turns_words(rowid, text, labels) VALUES (new.id, new.text, new.labels); END",
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not edited'); END",
    "CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not edited'); END",
)
POSTGRESQL = (
    # a lexeme that begins with "=" never comes out of a text, so a visitor cannot write a label
    "ALTER TABLE turns ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text) || "
    "array_to_tsvector(string_to_array('=' || replace(labels, ' ', ' ='), ' '))) STORED",
    "CREATE INDEX ix_turns_words ON turns USING gin (words)",
    "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is not edited'; END $$",
    "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
)


def downgrade() -> None:
    """Drop what `upgrade` made."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("turns_added", "turns_erased", "turns_changed", "audit_stays", "audit_kept"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE turns_words")
    for queue in QUEUES:
        op.drop_index(f"ix_queue_{queue}", "conversations")
    for name in ("walk", "assigned", "channel", "started_at"):
        op.drop_index(f"ix_conversations_{name}", "conversations")
    op.drop_index("ix_feedback_given_at", "feedback")
    op.drop_index("ix_exchanges_conversation", "exchanges")
    op.drop_index("ix_events_sender_id_id", "events")
    made = "erasures corrections notes tags audit sign_in_failures review_sessions users day_counts turns"
    for table in made.split():
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
    for column in ("review_status", "assigned_to", "reviewed_at"):
        op.drop_column("conversations", column)
