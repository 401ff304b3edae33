"""Turns as Rasa hands them to a tracker store."""

import asyncio
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from stemcheck.storage.database import shared_engine
from stemcheck.storage.tracker_store import ConversationStore

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [small-talk]\nactions: [action_answer]\n"
    "slots:\n  dialogue_state: {type: any, influence_conversation: false, mappings: [{type: custom}]}\n"
)


def open_store(engine: Engine) -> ConversationStore:
    """Return the tracker store on the same database as `engine`, as another process would have it."""
    shared_engine.cache_clear()
    return ConversationStore(DOMAIN, host=engine.url.render_as_string(hide_password=False))


def turn(text: str, client_id: str = "", *, channel: str = "web", **reply: Any) -> list[Event]:
    """Return the events of a message and its reply; `kind=None` leaves the reply away, as a dead action server does."""
    metadata = {"client_id": client_id} if client_id else {}
    situations = [{"id": "small-talk/greet", "probability": 0.9}]
    parsed = {
        "intent": {"name": "small-talk", "confidence": 0.9},
        "entities": [],
        "reading": {"situations": situations},
    }
    message = UserUttered(
        text, parsed["intent"], [], parsed, input_channel=channel, metadata=metadata, message_id=uuid4().hex
    )
    begin = [message, DefinePrevUserUtteredFeaturization(False), ActionExecuted("action_answer")]
    answer = {"kind": "answer", "role": "assistant", "text": f"Reply to {text}", **reply}
    said = [BotUttered(answer["text"], {"custom": answer})] if answer["kind"] else []
    return [*begin, *said, ActionExecuted("action_listen")]


def say(store: TrackerStore, conversation_id: str, events: list[Event]) -> DialogueStateTracker:
    """Read the conversation, add the events, write it; as Rasa does with every message."""

    async def handle() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker(conversation_id)
        tracker.update_with_events(events, DOMAIN)
        await store.save(tracker)
        return tracker

    return asyncio.run(handle())


def read(store: TrackerStore, conversation_id: str) -> DialogueStateTracker | None:
    """Return the conversation as Rasa gets it before a turn."""
    return asyncio.run(store.retrieve(conversation_id))


def remember(value: Any) -> SlotSet:
    """Return the event that keeps the state of the dialogue."""
    return SlotSet("dialogue_state", value)


def count(engine: Engine, table: str, where: str = "1=1", **values: Any) -> int:
    """Return how many rows of a table fit."""
    with engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT count(*) FROM {table} WHERE {where}"), values).scalar_one()


def first_row(engine: Engine, table: str) -> dict[str, Any]:
    """Return the first row of a table."""
    with engine.connect() as connection:
        return dict(connection.execute(sa.text(f"SELECT * FROM {table} ORDER BY 1")).mappings().first())
