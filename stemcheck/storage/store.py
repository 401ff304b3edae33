"""What the web service asks of the database, each call one transaction."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from stemcheck.storage import conversations, erasure, exchanges, feedback, person_messages, web_cards
from stemcheck.storage.database import transaction
from stemcheck.storage.review_figures import keep_counts_of

Messages = list[dict[str, Any]]

GREETING_ID = ""  # the exchange that has no visitor's message


class StorageUnavailable(RuntimeError):
    """The database is locked, away or full; nothing was written."""


class ConversationGone(LookupError):
    """The conversation was erased, or the message was written down by somebody else in the same moment."""


class Store:
    """Conversations as the chat API sees them. Every method may raise StorageUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as problem:
            raise StorageUnavailable(type(problem).__name__) from problem

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with transaction(self._engine) as connection:
                yield connection
        except IntegrityError as problem:
            raise ConversationGone from problem
        except SQLAlchemyError as problem:
            raise StorageUnavailable(type(problem).__name__) from problem

    def open(self, conversation_id: str, now: float, expires_at: float, greetings: Messages) -> None:
        """Begin a conversation whose first words are the greeting."""
        with self._write() as connection:
            conversations.open_conversation(connection, conversation_id, now, expires_at)
            exchanges.begin_exchange(connection, conversation_id, GREETING_ID, "", "", now)
            exchanges.end_exchange(connection, conversation_id, GREETING_ID, greetings, now)

    def is_open(self, conversation_id: str) -> bool:
        """Return whether the conversation is there."""
        with self._read() as connection:
            return conversations.find_conversation(connection, conversation_id) is not None

    def find_exchange(self, conversation_id: str, client_id: str) -> Mapping[str, Any] | None:
        """Return the exchange of this client id, or None."""
        with self._read() as connection:
            return exchanges.find_exchange(connection, conversation_id, client_id)

    def begin_exchange(self, conversation_id: str, client_id: str, text: str, digest: str) -> None:
        """Write a message down. Raises ConversationGone."""
        with self._write() as connection:
            exchanges.begin_exchange(connection, conversation_id, client_id, text, digest, time.time())

    def end_exchange(self, conversation_id: str, client_id: str, messages: Messages) -> None:
        """Write the reply down; a safety card counts, whoever gave it."""
        with self._write() as connection:
            exchanges.end_exchange(connection, conversation_id, client_id, messages, time.time())
            web_cards.keep_safety_card(connection, conversation_id, client_id, messages)

    def keep_for_team(self, conversation_id: str, client_id: str, text: str) -> None:
        """Write down a message that the visitor asked us to pass on to the team. Raises ConversationGone."""
        with self._write() as connection:
            person_messages.keep_message(connection, conversation_id, client_id, text, time.time())

    def find_late_reply(self, conversation_id: str, client_id: str, since: float) -> Messages:
        """Return what Rasa answered after nobody waited for it any more."""
        with self._read() as connection:
            return exchanges.find_late_reply(connection, conversation_id, client_id, since)

    def transcript(self, conversation_id: str) -> Messages:
        """Return the messages of both sides, oldest first, as docs/chat-api.md shows them."""
        with self._read() as connection:
            found = exchanges.list_exchanges(connection, conversation_id)
        return [message for exchange in found for message in (*_visitor_message(exchange), *exchange["messages"])]

    def give_feedback(self, conversation_id: str, message_id: str, helpful: bool, comment: str) -> bool:
        """Write a thumb down; return False when the conversation has no such message."""
        if not any(message["id"] == message_id for message in self.transcript(conversation_id)):
            return False
        with self._write() as connection:
            feedback.give_feedback(connection, conversation_id, message_id, helpful, comment, time.time())
        return True

    def erase(self, conversation_id: str) -> dict[str, int]:
        """Erase a conversation and return how many rows each table lost."""
        with self._write() as connection:
            keep_counts_of(connection, [conversation_id], time.time())
            receipt = erasure.erase_conversation(connection, conversation_id)
            erasure.forget_words(connection)
        with suppress(SQLAlchemyError):  # the rows are gone; the log follows with the next erasure
            erasure.empty_log(self._engine)
        return receipt


def _visitor_message(exchange: Mapping[str, Any]) -> Messages:
    if exchange["client_id"] == GREETING_ID:
        return []
    sent_at = datetime.fromtimestamp(exchange["received_at"], timezone.utc).isoformat(timespec="milliseconds")
    return [
        {
            "id": f"visitor-{exchange['id']}",
            "client_id": exchange["client_id"],
            "role": "visitor",
            "text": exchange["text"],
            "sent_at": sent_at,
            "answered": bool(exchange["messages"]),
        }
    ]
