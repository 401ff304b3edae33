"""One page of a conversation: its newest turns, or those before a place; as quick for 1,000 turns as for ten."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from stemcheck.storage.message_for_team import is_for_team
from stemcheck.storage.review_tables import turns
from stemcheck.storage.tables import events, exchanges, feedback
from stemcheck.storage.turns import reply_of
from stemcheck.storage.web_cards import card_of

EVENTS = 120  # user, bot and action events of a page: about 30 turns
SLOTS = 20  # slot events looked at for the state, which every reply sets beside the plan
SHOWN = ("user", "bot", "action")
SILENT = frozenset({"action_listen", "action_session_start", "action_extract_slots"})


@dataclass
class ReadTurn:
    """What a visitor said, how it was understood, what was replied; `id` is 0 for a message of which Rasa stored nothing."""

    at: float
    text: str = ""
    id: int = 0
    event_id: int = 0
    parsed: dict[str, Any] = field(default_factory=dict)
    replies: list[dict[str, Any]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    thumbs: list[Mapping[str, Any]] = field(default_factory=list)
    client_id: str = ""
    kind: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def is_for_team(self) -> bool:
        """Whether the visitor wrote this for the team."""
        return is_for_team(self.replies)


@dataclass(frozen=True)
class TranscriptPage:
    """Turns, oldest first, and the place where older and newer ones begin (0: there are none)."""

    turns: list[ReadTurn]
    older: int = 0
    newer: int = 0


def read_page(connection: Connection, conversation_id: str, *, before: int = 0) -> TranscriptPage:
    """Return the turns before an event id, or the newest ones."""
    of_conversation = (events.c.sender_id == conversation_id, events.c.type_name.in_(SHOWN))
    chosen = sa.select(events.c.id, events.c.timestamp, events.c.data).where(*of_conversation)
    if before:
        chosen = chosen.where(events.c.id < before)
    rows = connection.execute(chosen.order_by(events.c.id.desc()).limit(EVENTS + 1)).all()[::-1]
    found = _group(rows)
    is_cut = len(rows) > EVENTS
    if is_cut and len(found) > 1:
        found = found[1:]  # the first one may lack its beginning
    _add_ids(connection, conversation_id, found)
    window = (found[0].at if is_cut else 0.0, found[-1].at if before and found else float("inf"))
    found = sorted([*found, *_unread(connection, conversation_id, found, window)], key=lambda turn: turn.at)
    oldest = next((turn.event_id for turn in found if turn.event_id), 0)
    return TranscriptPage(found, oldest if is_cut else 0, before)


def read_all(connection: Connection, ids: list[str]) -> dict[str, list[ReadTurn]]:
    """Return all turns of some conversations, for exports."""
    chosen = sa.select(events.c.sender_id, events.c.id, events.c.timestamp, events.c.data)
    chosen = chosen.where(events.c.sender_id.in_(ids), events.c.type_name.in_(("user", "bot")))
    rows: dict[str, list[Row]] = {id: [] for id in ids}
    for row in connection.execute(chosen.order_by(events.c.id)):
        rows[row.sender_id].append(row)
    return {id: _group(found) for id, found in rows.items()}


def place_of(connection: Connection, conversation_id: str, turn_id: int) -> int:
    """Return the event id before which a page shows this turn near its end; 0 when it is among the newest."""
    said_at = connection.execute(
        sa.select(turns.c.said_at).where(turns.c.id == turn_id, turns.c.conversation_id == conversation_id)
    ).scalar()
    if said_at is None:
        return 0
    later = sa.select(events.c.id).where(
        events.c.sender_id == conversation_id, events.c.type_name == "user", events.c.timestamp > said_at
    )
    return int(connection.execute(later.order_by(events.c.id).offset(5).limit(1)).scalar() or 0)


def find_turn(connection: Connection, conversation_id: str, turn_id: int) -> Mapping[str, Any] | None:
    """Return the row of a turn if it belongs to this conversation."""
    chosen = sa.select(turns).where(turns.c.id == turn_id, turns.c.conversation_id == conversation_id)
    row = connection.execute(chosen).mappings().first()
    return dict(row) if row else None


def read_state_before(connection: Connection, conversation_id: str, turn: ReadTurn) -> dict[str, Any]:
    """Return what the assistant remembered of the conversation when this turn began, as its slot `dialogue_state` held it."""
    chosen = sa.select(events.c.data).where(events.c.sender_id == conversation_id, events.c.type_name == "slot")
    chosen = chosen.where(events.c.id < turn.event_id if turn.event_id else events.c.timestamp < turn.at)
    for data in connection.execute(chosen.order_by(events.c.id.desc()).limit(SLOTS)).scalars():
        event = json.loads(data)
        if event.get("name") == "dialogue_state":
            return dict(event.get("value") or {})
    return {}


def read_greeting(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    """Return what the assistant said before the visitor's first word."""
    chosen = sa.select(exchanges.c.reply).where(
        exchanges.c.conversation_id == conversation_id, exchanges.c.client_id == ""
    )
    reply = connection.execute(chosen).scalar()
    return list(json.loads(reply)) if reply else []


def _group(rows: list[Row]) -> list[ReadTurn]:
    found: list[ReadTurn] = []
    for row in rows:
        event = json.loads(row.data)
        if event.get("event") == "user":
            metadata = event.get("metadata") or {}
            client_id = str(metadata.get("client_id") or "")
            parsed = event.get("parse_data") or {}
            turn = ReadTurn(row.timestamp or 0.0, event.get("text") or "", event_id=row.id, parsed=parsed)
            turn.client_id, turn.metadata = client_id, metadata
            found.append(turn)
        elif event.get("event") == "action":
            if found and event.get("name") not in SILENT:
                found[-1].actions.append(event["name"])
        else:
            if not found:
                found.append(ReadTurn(row.timestamp or 0.0, event_id=row.id))
            found[-1].replies.append(reply_of(event) or {"kind": "", "text": event.get("text") or ""})
    return found


def _add_ids(connection: Connection, conversation_id: str, found: list[ReadTurn]) -> None:
    times = [turn.at for turn in found]
    chosen = sa.select(turns.c.id, turns.c.said_at, turns.c.kind).where(
        turns.c.conversation_id == conversation_id,
        turns.c.said_at.between(min(times, default=0), max(times, default=0)),
    )
    by_time = {row.said_at: row for row in connection.execute(chosen)}
    for turn in found:
        if row := by_time.get(turn.at):
            turn.id, turn.kind = row.id, row.kind


def _unread(
    connection: Connection, conversation_id: str, found: list[ReadTurn], window: tuple[float, float]
) -> list[ReadTurn]:
    """Put thumbs to the turns, and return the messages that only the web service saw."""
    chosen = sa.select(exchanges).where(exchanges.c.conversation_id == conversation_id, exchanges.c.client_id != "")
    chosen = chosen.where(exchanges.c.received_at >= window[0] - 60)
    if window[1] != float("inf"):
        chosen = chosen.where(exchanges.c.received_at <= window[1] + 60)
    given = sa.select(feedback).where(feedback.c.conversation_id == conversation_id)
    thumbs = {row["message_id"]: row for row in connection.execute(given).mappings()}
    by_client = {turn.client_id: turn for turn in found if turn.client_id}
    unread = []
    for row in connection.execute(chosen):
        messages = json.loads(row.reply) if row.reply else []
        turn = by_client.get(row.client_id)
        if turn is None and window[0] <= row.received_at <= window[1]:
            parsed = {"safety": card} if (card := card_of(messages)) else {}
            turn = ReadTurn(row.received_at, row.text, parsed=parsed, replies=messages, client_id=row.client_id)
            unread.append(turn)
        if turn:
            turn.thumbs = [thumbs[message["id"]] for message in messages if message.get("id") in thumbs]
    _add_web_ids(connection, conversation_id, unread)
    return unread


def _add_web_ids(connection: Connection, conversation_id: str, unread: list[ReadTurn]) -> None:
    by_client = {turn.client_id: turn for turn in unread if turn.parsed}
    chosen = sa.select(turns.c.id, turns.c.client_id, turns.c.kind).where(turns.c.conversation_id == conversation_id)
    for row in connection.execute(chosen.where(turns.c.client_id.in_(by_client))) if by_client else ():
        by_client[row.client_id].id, by_client[row.client_id].kind = row.id, row.kind
