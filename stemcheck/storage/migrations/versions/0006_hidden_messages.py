"""What version 0.1.0 stored, as it is stored now: no words for the team in transcripts, and every safety card counted.

Words for the team stay in person_messages, where reviewers read them. There is no way back, and none is needed.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

revision = "0006"
down_revision = "0005"

PLACEHOLDER = "(a message for the team, for reviewers alone)"
KEPT_OF_READING = ("intent", "intent_ranking", "safety")


def upgrade() -> None:
    """Hide the messages, and add the labels."""
    hide_messages(op.get_bind())
    label_cards(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        # older versions keep the words in the index until its parts happen to be merged
        op.execute("INSERT INTO turns_words(turns_words) VALUES ('optimize')")


def downgrade() -> None:
    """Change nothing: the former program reads what stands there now."""


def hide_messages(connection: Connection) -> None:
    """Put the placeholder in the place of each message for the team, in Rasa's events and in turns."""
    for conversation, client in _rows(connection, "SELECT conversation_id, client_id FROM person_messages"):
        same = {"conversation": conversation, "client": client, "text": PLACEHOLDER}
        changed = "UPDATE turns SET text = :text WHERE conversation_id = :conversation AND client_id = :client"
        connection.execute(sa.text(changed), same)
        said = "SELECT id, data FROM events WHERE sender_id = :conversation AND type_name = 'user'"
        for id, data in _rows(connection, said, conversation=conversation):
            event = json.loads(data)
            if (event.get("metadata") or {}).get("client_id") == client:
                written = {"id": id, "data": json.dumps(_hide(event), ensure_ascii=False)}
                connection.execute(sa.text("UPDATE events SET data = :data WHERE id = :id"), written)


def label_cards(connection: Connection) -> None:
    """Add the card to the labels of turns whose reply was a safety card that the intent had called for."""
    unlabelled = (
        "SELECT id, conversation_id, said_at, labels FROM turns "
        "WHERE labels LIKE '%kind_safety%' AND ' ' || labels NOT LIKE '% safety_%'"
    )
    for id, conversation, said_at, labels in _rows(connection, unlabelled):
        replied = (
            "SELECT data FROM events WHERE sender_id = :conversation AND type_name = 'bot' AND timestamp >= :said_at "
            "ORDER BY id LIMIT 3"
        )
        for (data,) in _rows(connection, replied, conversation=conversation, said_at=said_at):
            if card := _card_of(json.loads(data)):
                found = " ".join(sorted({*labels.split(), "safety_" + card.lower().replace("-", "_")}))
                connection.execute(
                    sa.text("UPDATE turns SET labels = :found WHERE id = :id"), {"found": found, "id": id}
                )
                break


def _hide(event: dict[str, Any]) -> dict[str, Any]:
    parsed = event.get("parse_data") or {}
    read = {name: parsed[name] for name in KEPT_OF_READING if name in parsed}
    return {**event, "text": PLACEHOLDER, "parse_data": {**read, "text": PLACEHOLDER}}


def _card_of(event: dict[str, Any]) -> str:
    custom = (event.get("data") or {}).get("custom") or {}
    return str((custom.get("card") or {}).get("id") or "") if custom.get("kind") == "safety" else ""


def _rows(connection: Connection, query: str, **values: Any) -> Iterator[Any]:
    # read whole first, as what is read is changed
    yield from connection.execute(sa.text(query), values).all()
