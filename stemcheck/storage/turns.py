"""The row of a turn: a visitor's message, what was understood of it, and labels to find it by."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stemcheck.storage.review_tables import turns

STEPS = 10  # of confidence, each a label
# `id` is given by the database
WRITTEN = tuple(column.name for column in turns.columns if column.name != "id")


@dataclass
class Turn:
    """The events of one turn, as dicts."""

    user: dict[str, Any] | None
    replies: list[dict[str, Any]] = field(default_factory=list)


def write_turns(connection: Connection, conversation_id: str, happened: Iterable[dict[str, Any]]) -> None:
    """Add a row for each visitor's message among new events; a reply without one is added to the latest turn."""
    found = list(split_turns(happened))
    rows = [turn_row(conversation_id, turn.user, turn.replies) for turn in found if turn.user]
    if found and not found[0].user:
        _add_replies(connection, conversation_id, found[0].replies)
    if rows:
        statement, is_by_place = _insert(connection.dialect)
        connection.exec_driver_sql(
            statement, [tuple(row[name] for name in WRITTEN) for row in rows] if is_by_place else rows
        )


@lru_cache(maxsize=4)
def _insert(dialect: "sa.engine.Dialect") -> tuple[str, bool]:
    """Return the statement that adds a row, written once as every message needs it, and whether it takes values by their place."""
    named = sa.insert(turns).values({name: sa.bindparam(name) for name in WRITTEN}).compile(dialect=dialect)
    return str(named), bool(named.positional)


def split_turns(happened: Iterable[dict[str, Any]]) -> Iterator[Turn]:
    """Yield the turns in events; the first has no user when replies come before any message."""
    turn = Turn(None)
    for event in happened:
        if event.get("event") == "user":
            if turn.user or turn.replies:
                yield turn
            turn = Turn(event)
        elif reply := reply_of(event):
            turn.replies.append(reply)
    if turn.user or turn.replies:
        yield turn


def reply_of(event: dict[str, Any]) -> dict[str, Any]:
    """Return the chat API's message in a bot event, or an empty dict."""
    custom = (event.get("data") or {}).get("custom") if event.get("event") == "bot" else None
    return custom if isinstance(custom, dict) else {}


def turn_row(conversation_id: str, user: dict[str, Any], replies: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the row of one turn."""
    parsed = user.get("parse_data") or {}
    reading = parsed.get("reading") or {}
    return {
        "conversation_id": conversation_id,
        "message_id": str(user.get("message_id") or "")[:64],
        "client_id": str((user.get("metadata") or {}).get("client_id") or "")[:64],
        "said_at": float(user.get("timestamp") or 0),
        "text": user.get("text") or "",
        "intent": situation_of(parsed)[:255],
        "confidence": confidence_of(parsed),
        "kind": _kind(replies),
        "labels": " ".join(sorted({*labels_of_message(parsed), *labels_of_replies(replies)})),
        "model": str(reading.get("model") or "")[:64],
        "milliseconds": reading.get("milliseconds"),
    }


@lru_cache(maxsize=4096)
def label(kind: str, value: object) -> str:
    """Return one word that both full-text indexes take as it is: `label("claim", "cure-all")` is `claim_cure_all`."""
    return re.sub(r"[^a-z0-9_]", "_", f"{kind}_{value}".lower())[:120]


def labels_of_message(parsed: dict[str, Any]) -> Iterator[str]:
    """Yield the labels that Rasa's parse_data gives: intent (a situation's group), situation, step of confidence, claims."""
    intent = parsed.get("intent") or {}
    if intent.get("name"):
        yield label("intent", intent["name"])
    if ranked := ranking_of(parsed):
        yield label("situation", ranked[0][0])
    if (confidence := confidence_of(parsed)) is not None:
        yield label("sure", min(STEPS - 1, int(confidence * STEPS)))
    for claim in parsed.get("claims") or []:
        yield label("claim", claim.get("type"))
        yield label("mode", claim.get("mode"))
    for claim in parsed.get("possible_claims") or []:
        yield label("possible", claim.get("type"))


def labels_of_replies(replies: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the labels that the replies give: kind, rule, safety card, facts, claims and their verdicts."""
    for reply in replies:
        if reply.get("kind"):
            yield label("kind", reply["kind"])
        if reply.get("rule"):
            yield label("rule", reply["rule"])
        if card := (reply.get("card") or {}).get("id"):
            yield label("safety", card)  # whether the plain rule or the model called for it
        for fact in reply.get("facts") or []:
            yield label("fact", fact)
        for claim in reply.get("claims") or []:
            yield label("claim", claim.get("type"))
            yield label("verdict", claim.get("verdict"))
            if claim.get("flagged"):
                yield "flagged"


def ranking_of(parsed: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return the situations of a message with their probabilities, best first; none of another language's, or an old message's."""
    ranked = (parsed.get("reading") or {}).get("situations") or []
    return [(str(item.get("id") or ""), float(item.get("probability") or 0)) for item in ranked]


def situation_of(parsed: Mapping[str, Any]) -> str:
    """Return the id of the likeliest situation; where none was read, the name of the intent."""
    ranked = ranking_of(parsed)
    return ranked[0][0] if ranked else str((parsed.get("intent") or {}).get("name") or "")


def confidence_of(parsed: Mapping[str, Any]) -> float | None:
    """Return how sure the model was; None when it had no say: another language is told by its words.

    Of turns stored before there were situations, a rule that sent the message elsewhere says nothing of how sure it was.
    """
    if "situations" in (parsed.get("reading") or {}):
        ranked = ranking_of(parsed)
        return ranked[0][1] if ranked else None
    earlier = [item for item in parsed.get("intent_ranking") or [] if item.get("name") != "nlu_fallback"]
    first = earlier[0] if earlier else parsed.get("intent") or {}
    return float(first["confidence"]) if first.get("confidence") is not None else None


def _kind(replies: list[dict[str, Any]]) -> str:
    return next((str(reply["kind"])[:32] for reply in replies if reply.get("kind")), "")


def _add_replies(connection: Connection, conversation_id: str, replies: list[dict[str, Any]]) -> None:
    latest = sa.select(turns.c.id, turns.c.kind, turns.c.labels).where(turns.c.conversation_id == conversation_id)
    row = connection.execute(latest.order_by(turns.c.id.desc()).limit(1)).first()
    if row:
        labels = " ".join(sorted({*row.labels.split(), *labels_of_replies(replies)}))
        changed = sa.update(turns).where(turns.c.id == row.id)
        connection.execute(changed.values(labels=labels, kind=row.kind or _kind(replies)))
