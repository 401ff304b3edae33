"""The tables. `events` is Rasa's own; the migrations under migrations/ make and change the others."""

import sqlalchemy as sa

metadata = sa.MetaData()

# As rasa.core.tracker_store.SQLTrackerStore declares it, so that a plain Rasa project's table can be adopted.
events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)

# One row a conversation, written in the same transaction as its events: what the review console lists.
conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(255), primary_key=True),
    sa.Column("channel", sa.String(64), nullable=False, server_default=""),
    sa.Column("started_at", sa.Float, nullable=False),
    sa.Column("last_activity_at", sa.Float, nullable=False, index=True),
    sa.Column("token_expires_at", sa.Float),
    sa.Column("turns", sa.Integer, nullable=False, server_default="0"),
    sa.Column("events", sa.Integer, nullable=False, server_default="0"),
    sa.Column("flagged_claims", sa.Integer, nullable=False, server_default="0"),
    sa.Column("possible_claims", sa.Integer, nullable=False, server_default="0"),
    sa.Column("unanswered", sa.Integer, nullable=False, server_default="0"),
    sa.Column("safety", sa.Integer, nullable=False, server_default="0"),
    sa.Column("wants_person", sa.Integer, nullable=False, server_default="0"),
    sa.Column("helpful", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_helpful", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lowest_confidence", sa.Float),
    sa.Column("snapshot", sa.Text),  # slots and active loop after the last turn, as JSON
    sa.Column("review_status", sa.String(16), nullable=False, server_default="new"),  # new, in-review, done, later
    sa.Column("assigned_to", sa.String(64), nullable=False, server_default=""),
    sa.Column("reviewed_at", sa.Float),
)

# What a visitor sent over the chat API and what came back: makes a message sent twice count once.
exchanges = sa.Table(
    "exchanges",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), nullable=False),
    sa.Column("client_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("text_digest", sa.String(64), nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("answered_at", sa.Float),
    sa.Column("reply", sa.Text),  # the messages as JSON; NULL while none is there
    sa.UniqueConstraint("conversation_id", "client_id", name="one_exchange_a_client_id"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("message_id", sa.String(64), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=False, server_default=""),
    sa.Column("given_at", sa.Float, nullable=False),
)

# What a visitor asked us to pass on to the team: not masked, as somebody is to answer. Only with the visitor's yes.
person_messages = sa.Table(
    "person_messages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(255), sa.ForeignKey("conversations.id"), nullable=False, index=True),
    sa.Column("client_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("given_at", sa.Float, nullable=False),
    sa.UniqueConstraint("conversation_id", "client_id", name="one_person_message_a_client_id"),
)
