"""One turn of a conversation as it is written to the database: its events, its row, and the counts of the conversation."""

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.conversations import count_turns, hold_conversation
from stemcheck.storage.tables import events
from stemcheck.storage.web_cards import WEB_SERVICE, take_card_back
from stemcheck.storage.web_turns import client_ids, has_message, stored_message_ids


@dataclass(frozen=True)
class NewTurn:
    """New events of a conversation, masked, and what its slots hold after them; `began_before`: older events were stored."""

    conversation_id: str
    events: list[dict[str, Any]]
    snapshot: dict[str, Any] = field(default_factory=dict)
    began_before: bool = False


def write_turn(connection: Connection, turn: NewTurn) -> bool:
    """Write a turn, unless its message was stored before; return False when it must wait for the first message.

    Raises ConversationErased.
    """
    if not has_message(turn.events) and not hold_conversation(connection, turn.conversation_id):
        # what Rasa writes before the first word must not bring back a conversation that was erased
        return False
    stored = stored_message_ids(connection, turn.conversation_id, turn.events)
    if WEB_SERVICE in stored:
        take_card_back(connection, turn.conversation_id, client_ids(turn.events))
    elif stored:
        return True  # sent again while Rasa was still busy with it
    count_turns(connection, turn.conversation_id, turn.events, turn.snapshot, began_before=turn.began_before)
    insert_events(connection, turn.conversation_id, turn.events)
    return True


def insert_events(connection: Connection, conversation_id: str, new: list[dict[str, Any]]) -> None:
    """Add events, given as dicts, to Rasa's table."""
    rows = [
        {
            "sender_id": conversation_id,
            "type_name": event["event"],
            "timestamp": event.get("timestamp"),
            "intent_name": (event.get("parse_data") or {}).get("intent", {}).get("name"),
            "action_name": event.get("name"),
            "data": json.dumps(event, ensure_ascii=False),
        }
        for event in new
    ]
    if rows:
        connection.execute(sa.insert(events), rows)
