"""Messages that visitors asked us to pass on stand in one table, for reviewers alone; everywhere else stands a placeholder."""

from collections.abc import Iterable, Mapping
from typing import Any

from stemcheck.storage.turns import reply_of
from stemcheck.storage.web_turns import is_web

PLACEHOLDER = "(a message for the team, for reviewers alone)"
# what else stands in parse_data is made of the visitor's words
KEPT_OF_PARSED = ("intent", "intent_ranking", "safety")
KEPT_OF_READING = ("model", "milliseconds", "language", "situations")

Events = list[dict[str, Any]]


def is_for_team(replies: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether these replies confirm that the visitor's message is passed on to the team."""
    return any(reply.get("action") == "pass-on" for reply in replies)


def without_message(turn: Events) -> Events:
    """Return a turn's events; words for the team give way to the placeholder, as the web service keeps them in their own table.

    Other channels have no such table: what they bring stays, and is hidden where it is shown.
    """
    if not is_web(turn) or not is_for_team(reply for event in turn if (reply := reply_of(event))):
        return turn
    return [_hide(event) if event.get("event") == "user" else event for event in turn]


def hidden_reading(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may be shown of how such a message was understood."""
    kept = {name: parsed[name] for name in KEPT_OF_PARSED if name in parsed}
    reading = parsed.get("reading") or {}
    shown = {name: reading[name] for name in KEPT_OF_READING if name in reading}
    return {**kept, "reading": shown} if shown else kept


def _hide(event: dict[str, Any]) -> dict[str, Any]:
    read = {**hidden_reading(event.get("parse_data") or {}), "text": PLACEHOLDER}
    return {**event, "text": PLACEHOLDER, "parse_data": read}
