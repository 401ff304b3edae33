"""The formats of exports: CSV, JSON Lines, tasks for Label Studio and Argilla; each yields one line or task after the other."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stemcheck.storage.review_transcript import ReadTurn
from stemcheck.storage.turns import confidence_of
from stemcheck.web.review.conversation import show_turn
from stemcheck.web.review.csv_format import BYTE_ORDER_MARK, csv_line
from stemcheck.web.review.words import iso

Conversation = tuple[Mapping[str, Any], list[ReadTurn]]
COLUMNS = (
    "conversation_id", "channel", "status", "assigned_to", "said_at", "text", "intent", "situation",
    "confidence", "claims", "possible_claims", "kind", "rules", "facts", "guidance", "verdicts", "reply",
)  # fmt: skip


def as_csv(found: Iterator[Conversation]) -> Iterator[str]:
    """Yield CSV, one line a turn."""
    yield BYTE_ORDER_MARK + csv_line(COLUMNS)
    for row, turns in found:
        for turn in turns:
            described = describe(row, turn)
            yield csv_line(_cell(described[column]) for column in COLUMNS)


def as_jsonl(found: Iterator[Conversation]) -> Iterator[str]:
    """Yield JSON Lines, one line a conversation."""
    kept = ("id", "channel", "review_status", "assigned_to", "helpful", "not_helpful")
    for row, turns in found:
        times = {name: iso(row[name]) for name in ("started_at", "last_activity_at")}
        body = {**{name: row[name] for name in kept}, **times}
        yield json.dumps({**body, "turns": [describe(row, turn) for turn in turns]}, ensure_ascii=False) + "\n"


def as_label_studio(found: Iterator[Conversation]) -> Iterator[str]:
    """Yield tasks for Label Studio as one JSON list; claims come as predictions (from "claim", to "text")."""
    return json_list(label_studio_task(row, turn) for row, turns in found for turn in turns if turn.text)


def label_studio_task(row: Mapping[str, Any], turn: ReadTurn) -> dict[str, Any]:
    """Return one task: the message to be labelled, with what the assistant found."""
    shown = show_turn(turn)
    result = [
        {
            "from_name": "claim",
            "to_name": "text",
            "type": "labels",
            "value": {"start": claim["start"], "end": claim["end"], "text": claim["text"], "labels": [claim["type"]]},
            "score": claim.get("probability", 1.0),
        }
        for claim in shown["claims"]
    ]
    data = {"text": shown["text"], "conversation_id": row["id"], "said_at": iso(turn.at)}
    return {"data": data, "predictions": [{"model_version": _model_of(turn), "result": result}]}


def as_argilla(found: Iterator[Conversation]) -> Iterator[str]:
    """Yield records for Argilla 2 as one JSON list, as `dataset.records.from_json` reads it."""
    return json_list(
        argilla_record(row, turn, number)
        for row, turns in found
        for number, turn in enumerate((turn for turn in turns if turn.text), 1)
    )


def argilla_record(row: Mapping[str, Any], turn: ReadTurn, number: int) -> dict[str, Any]:
    """Return one record: fields, metadata, and what the assistant found as suggestions by question."""
    described = describe(row, turn)
    kept = ("conversation_id", "intent", "situation", "kind")
    metadata = {name: described[name] for name in kept}
    claims = list(dict.fromkeys(described["claims"]))
    return {
        "id": f"{row['id']}-{number}",
        "fields": {"text": described["text"], "reply": described["reply"]},
        "metadata": {name: value for name, value in metadata.items() if value},
        "suggestions": {"claims": {"value": claims, "agent": _model_of(turn)}} if claims else {},
        "responses": {},
        "vectors": {},
    }


def json_list(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield one JSON list, an item a line."""
    separator = "[\n"
    for item in items:
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n" if separator != "[\n" else "[]\n"


def _model_of(turn: ReadTurn) -> str:
    return str((turn.parsed.get("reading") or {}).get("model") or "unknown")


def describe(row: Mapping[str, Any], turn: ReadTurn) -> dict[str, Any]:
    """Return a turn as exports show it."""
    shown = show_turn(turn)
    claims = [claim for reply in shown["replies"] for claim in reply.get("claims") or []]
    return {
        "conversation_id": row["id"],
        "channel": row["channel"],
        "status": row["review_status"],
        "assigned_to": row["assigned_to"],
        "said_at": iso(turn.at),
        "text": shown["text"],
        "intent": (shown["parsed"].get("intent") or {}).get("name") or "",
        "situation": shown["situation"],
        "confidence": confidence_of(shown["parsed"]),
        "claims": [claim["type"] for claim in shown["claims"] if not claim["is_possible"]],
        "possible_claims": [claim["type"] for claim in shown["claims"] if claim["is_possible"]],
        "kind": next((reply["kind"] for reply in shown["replies"] if reply.get("kind")), ""),
        "rules": [reply["rule"] for reply in shown["replies"] if reply.get("rule")],
        "facts": shown["facts"],
        "guidance": shown["guidance"],
        "verdicts": sorted({claim["verdict"] for claim in claims if claim.get("verdict")}),
        "reply": "\n\n".join(reply.get("text") or "" for reply in shown["replies"]),
    }


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else value


FORMATS: dict[str, tuple[Callable[[Iterator[Conversation]], Iterator[str]], str, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8", "csv"),
    "jsonl": (as_jsonl, "application/x-ndjson", "jsonl"),
    "label-studio": (as_label_studio, "application/json", "json"),
    "argilla": (as_argilla, "application/json", "json"),
}
