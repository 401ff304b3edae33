"""The tables of the review console; migration 0002 makes them."""

import sqlalchemy as sa

from stemcheck.storage.tables import metadata

# One row a message of a visitor, written with its events: what search and figures read. The full-text index hangs on it.
turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False),
    sa.Column("message_id", sa.String(64), nullable=False, server_default=""),  # Rasa's
    sa.Column("client_id", sa.String(64), nullable=False, server_default=""),  # the chat API's
    sa.Column("said_at", sa.Float, nullable=False),
    sa.Column("text", sa.Text, nullable=False, server_default=""),
    sa.Column("intent", sa.String(255), nullable=False, server_default=""),
    sa.Column("confidence", sa.Float),
    sa.Column("kind", sa.String(32), nullable=False, server_default=""),
    sa.Column("labels", sa.Text, nullable=False, server_default=""),  # words such as `claim_cure`, separated by blanks
    sa.Column("model", sa.String(64), nullable=False, server_default=""),
    sa.Column("milliseconds", sa.Float),
)

users = sa.Table(
    "users",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password_hash", sa.String(255), nullable=False, server_default=""),  # empty: only the proxy signs in
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("disabled_at", sa.Float),
)

# The cookie holds a secret, this table its digest: who reads the table cannot sign in with it.
sessions = sa.Table(
    "review_sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user_name", sa.String(64), nullable=False),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("began_at", sa.Float, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
)

sign_in_failures = sa.Table(
    "sign_in_failures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("who", sa.String(80), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

# A trigger refuses every change and every deletion.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("user_name", sa.String(64), nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("conversation_id", sa.String(255), nullable=False, server_default=""),
    sa.Column("detail", sa.Text, nullable=False, server_default="{}"),
)

# `turn_id` is 0 where a tag or a note is on the whole conversation.
tags = sa.Table(
    "tags",
    metadata,
    sa.Column("conversation_id", sa.String(255), primary_key=True),
    sa.Column("turn_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tag", sa.String(40), primary_key=True),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False),
    sa.Column("turn_id", sa.Integer, nullable=False, server_default="0"),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False),
    sa.Column("turn_id", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # as JSON
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("applied_at", sa.Float),
)

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), nullable=False),
    sa.Column("asked_by", sa.String(64), nullable=False),
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("finished_at", sa.Float),
    sa.Column("stores", sa.Text, nullable=False, server_default="{}"),  # JSON: rows erased in each store that is done
)

# How far an export is; forgotten after a day.
export_runs = sa.Table(
    "export_runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("user_name", sa.String(64), nullable=False),
    sa.Column("asked_at", sa.Float, nullable=False, index=True),
    sa.Column("total", sa.Integer),
    sa.Column("conversations", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lines", sa.Integer, nullable=False, server_default="0"),
    sa.Column("finished_at", sa.Float),
)

# What stays when conversations are erased: how much of what, a day.
day_counts = sa.Table(
    "day_counts",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("what", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(255), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
