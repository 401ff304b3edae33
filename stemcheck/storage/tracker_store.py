"""Rasa's tracker store: events and the conversation's row in one transaction, masked, read in bounded time.

Rasa's own SQL store reads and rebuilds the whole session on every turn, which makes turn 200 ten times as slow as turn 1.
This one reads the last WINDOW events and takes slots and the active form from the snapshot in the conversation's row.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.engine import Row

from stemcheck.settings import load_settings
from stemcheck.storage.conversations import find_conversation
from stemcheck.storage.database import create_engine, shared_engine, transaction
from stemcheck.storage.masking import mask_all, mask_event
from stemcheck.storage.masking_rules import load_masking_rules
from stemcheck.storage.message_for_team import without_message
from stemcheck.storage.migrate import migrate
from stemcheck.storage.outbox import outbox_of
from stemcheck.storage.outbox_timer import OutboxTimer
from stemcheck.storage.tables import events
from stemcheck.storage.web_turns import ConversationErased, has_message, is_failed
from stemcheck.storage.write_turn import NewTurn, write_turn

logger = logging.getLogger(__name__)

WINDOW = 60  # events; about seven turns, more than any rule or form looks back


class ConversationStore(TrackerStore, SerializedTrackerAsText):
    """Keeps conversations in the tables of `stemcheck.storage.tables`; named in endpoints.yml."""

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, host: str | None = None, **_: Any
    ) -> None:
        url = host or load_settings().database_url
        self.engine = shared_engine(url)
        load_masking_rules()  # wrong ones are told at the start, not when the first visitor writes
        _migrate(url)
        self._before_first_word: dict[str, list[dict[str, Any]]] = {}
        self._outbox = outbox_of(self.engine)
        self._timer = OutboxTimer(self.engine, self._outbox)
        self._timer.start()
        super().__init__(domain, event_broker)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        with self.engine.connect() as connection:
            return list(connection.execute(sa.select(events.c.sender_id).distinct()).scalars())

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation with its last WINDOW events, all slots and the active form; None for a new one."""
        with self.engine.connect() as connection:
            newest = connection.execute(_events_of(sender_id).order_by(events.c.id.desc()).limit(WINDOW + 1)).all()
            window, is_cut = _cut(newest)
            row = find_conversation(connection, sender_id) if is_cut else None
        found = [_read_event(stored.data) for stored in window]
        if row and row["snapshot"]:
            found = [*_replay(json.loads(row["snapshot"])), *found]
        return self._tracker(sender_id, found)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with every event that it ever had."""
        with self.engine.connect() as connection:
            rows = connection.execute(_events_of(conversation_id).order_by(events.c.id)).all()
        return self._tracker(conversation_id, [_read_event(row.data) for row in rows])

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the tracker's new events and the conversation's row. What the database refuses waits in the outbox."""
        await self.stream_events(tracker)
        turn = self._new_turn(tracker)
        if is_failed(turn.events):
            logger.warning("A turn without a reply is not stored; the web service keeps the message.")
            return
        try:
            self._store(turn)
        except ConversationErased:
            self._outbox.erase(turn.conversation_id)
            logger.info("A turn of an erased conversation is not stored.")
        except sa.exc.SQLAlchemyError as problem:
            # Rasa would go on from memory and lose the turn with a line in the log
            logger.error("The database did not take a turn (%s); it is stored later.", type(problem).__name__)
            self._keep_for_later(turn)

    def close(self) -> None:
        """End the thread that stores what waits."""
        self._timer.stop()

    def _new_turn(self, tracker: DialogueStateTracker) -> NewTurn:
        """Return the tracker's new events, masked, and count them as stored."""
        all_events = list(tracker.events)
        known = getattr(tracker, "events_stored", 0)
        tracker.events_stored = len(all_events)
        begun = self._before_first_word.pop(tracker.sender_id, [])
        masked: dict[str, str] = {}  # this turn's texts, each looked at once
        new = [*begun, *(mask_event(event.as_dict(), masked) for event in all_events[known:])]
        snapshot = mask_all({"slots": _filled_slots(tracker), "loop": tracker.active_loop_name}, masked)
        return NewTurn(tracker.sender_id, without_message(new), snapshot, began_before=known > len(begun))

    def _store(self, turn: NewTurn) -> None:
        """Write a turn, after those of the same conversation that were refused before."""
        if not self._outbox.names(turn.conversation_id):
            self._write([turn])
            return
        with self._outbox.hold() as is_ours:
            if not is_ours:
                self._keep_for_later(turn)  # earlier ones are being stored just now, and come first
                return
            names = self._outbox.names(turn.conversation_id)
            earlier = [found for name in names if (found := self._outbox.read(name))]
            began_before = turn.began_before and bool(not earlier or earlier[0].began_before)
            self._write([*earlier, replace(turn, began_before=began_before)])
            for name in names:
                self._outbox.remove(name)

    def _write(self, turns: list[NewTurn]) -> None:
        with transaction(self.engine) as connection:
            for turn in turns:
                if not write_turn(connection, turn):
                    self._before_first_word[turn.conversation_id] = turn.events

    def _keep_for_later(self, turn: NewTurn) -> None:
        if has_message(turn.events):
            self._outbox.add(turn)
        else:
            self._before_first_word[turn.conversation_id] = turn.events

    def _tracker(self, sender_id: str, found: list[Event]) -> DialogueStateTracker | None:
        if not found or not self.domain:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, found, self.domain.slots)
        tracker.events_stored = len(tracker.events)
        return tracker


def _migrate(url: str) -> None:
    engine = create_engine(url)  # of its own: a migration may take longer than what a visitor waits for
    migrate(engine)
    engine.dispose()


def _events_of(sender_id: str) -> "sa.sql.Select":
    return sa.select(events.c.id, events.c.type_name, events.c.data).where(events.c.sender_id == sender_id)


def _cut(newest: list[Row]) -> tuple[list[Row], bool]:
    """Return the events in order, and whether older ones were left away; then the first is the beginning of a turn."""
    ordered = newest[::-1]
    if len(ordered) <= WINDOW:
        return ordered, False
    ordered = ordered[1:]
    first_turn = next((index for index, row in enumerate(ordered) if row.type_name == UserUttered.type_name), 0)
    return ordered[first_turn:], True


def _replay(snapshot: dict[str, Any]) -> Iterator[Event]:
    """What stands for the events that were left away."""
    yield ActionExecuted("action_session_start")
    yield SessionStarted()
    for name, value in snapshot["slots"].items():
        yield SlotSet(name, value)
    if snapshot["loop"]:
        yield ActiveLoop(snapshot["loop"])
    yield ActionExecuted("action_listen")


def _filled_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {name: value for name, value in tracker.current_slot_values().items() if value is not None}


@lru_cache(maxsize=1)
def _event_classes() -> dict[str, type[Event]]:
    # Rasa walks through all subclasses of Event for every single event that it reads
    return {kind.type_name: kind for kind in reversed(list(all_subclasses(Event))) if hasattr(kind, "type_name")}


def _read_event(data: str) -> Event:
    stored = json.loads(data)
    event: Event = _event_classes()[stored["event"]]._from_parameters(stored)
    return event
