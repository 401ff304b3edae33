"""Safety cards that the web service gave while Rasa was away: counted, found and reviewed like all others."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.exchanges import Messages, find_exchange
from stemcheck.storage.review_tables import turns
from stemcheck.storage.tables import conversations
from stemcheck.storage.turns import turn_row

WEB_SERVICE = ""  # its turns have no message id of Rasa's


def keep_safety_card(connection: Connection, conversation_id: str, client_id: str, messages: Messages) -> None:
    """Add the turn of a message that got a safety card, unless Rasa has stored it."""
    if not any(message.get("kind") == "safety" for message in messages):
        return
    same = (turns.c.conversation_id == conversation_id, turns.c.client_id == client_id)
    exchange = find_exchange(connection, conversation_id, client_id)
    if exchange is None or connection.execute(sa.select(turns.c.id).where(*same)).first():
        return
    said = {"text": exchange["text"], "timestamp": exchange["received_at"], "metadata": {"client_id": client_id}}
    row = turn_row(conversation_id, {**said, "parse_data": {"safety": card_of(messages)}}, messages)
    connection.execute(sa.insert(turns).values(row))
    table = conversations.c
    values = {
        "turns": table.turns + 1,
        "safety": table.safety + 1,
        "last_activity_at": exchange["received_at"],
        "review_status": sa.case((table.review_status == "done", "new"), else_=table.review_status),
    }
    connection.execute(sa.update(conversations).where(table.id == conversation_id).values(values))


def take_card_back(connection: Connection, conversation_id: str, client_ids: set[str]) -> None:
    """Take the turns of such cards away, since Rasa stores the whole turns of these messages now."""
    hold_conversation(connection, conversation_id)
    of_web_service = (turns.c.conversation_id == conversation_id, turns.c.message_id == WEB_SERVICE)
    taken = connection.execute(sa.delete(turns).where(*of_web_service, turns.c.client_id.in_(client_ids))).rowcount
    table = conversations.c
    values = {"turns": table.turns - taken, "safety": table.safety - taken}
    connection.execute(sa.update(conversations).where(table.id == conversation_id).values(values))


def card_of(messages: Messages) -> str:
    """Return the id of the safety card among replies, or nothing."""
    return next((str((message.get("card") or {}).get("id") or "") for message in messages if message.get("card")), "")
