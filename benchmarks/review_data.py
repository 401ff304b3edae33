"""Seeded, made-up conversations for the review console's benchmark, written in bulk as the tracker store writes them."""

import json
import random
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stemcheck.storage.conversations import summarise
from stemcheck.storage.database import transaction
from stemcheck.storage.review_tables import turns
from stemcheck.storage.tables import conversations, events
from stemcheck.storage.turns import split_turns, turn_row

SEED = 7305
CHUNK = 1000  # conversations written together
DAYS = 90
OPENINGS = (
    "hello",
    "my sister says",
    "I read that",
    "the clinic wrote that",
    "is it true that",
    "can you tell me if",
    "a friend heard",
)
CLAIMS = {
    "cure": "stem cells cure MS",
    "reversal": "the treatment reverses disability",
    "guarantee": "the result is guaranteed",
    "no-risk": "the infusion is free of risk",
    "success-rate": "nine in ten patients get better",
    "pressure": "only two places are left this month",
    "testimonial": "a patient walked again after a week",
    "approval": "the treatment is officially approved",
}
FACTS = (
    "msc-effects",
    "msc-results",
    "ahsct-name",
    "ahsct-evidence",
    "early-stage",
    "no-approved-therapy",
    "mesems",
    "hsc-definition",
)
QUESTIONS = ("what do mesenchymal cells do", "how far is the research", "what does AHSCT mean", "which trial is running",
             "what did it cost",
             "who can have a transplant", "is there a clinic near Leeds", "how long does recovery take")  # fmt: skip
ENDINGS = (
    "please",
    "thanks",
    "I am worried",
    "for my brother",
    "before we book",
    "and what then",
    "since my diagnosis",
    "in spring",
)


def generate(engine: Engine, number: int, *, now: float, long_one: int = 1000) -> None:
    """Write `number` conversations of about 12 events each, and one of `long_one` turns with the id `long`."""
    rng = random.Random(SEED)
    ids = [f"conversation-{place:06d}" for place in range(number)]
    moments = sorted(now - rng.random() * DAYS * 86400 for _ in ids)
    for start in range(0, number, CHUNK):
        chunk = list(zip(ids[start : start + CHUNK], moments[start : start + CHUNK], strict=True))
        _write(engine, [(id, _conversation(rng, at, rng.choice((1, 1, 2, 2, 2, 3, 3)))) for id, at in chunk], rng)
    _write(engine, [("long", _conversation(rng, now - 3600 * 20, long_one))], rng)
    with engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()


def one_turn(rng: random.Random, at: float) -> list[dict[str, Any]]:
    """Return the events of one turn, about as large as Rasa's own."""
    text, parsed, reply = _message(rng)
    memory = {"kind": reply["kind"], "facts": reply["facts"], "claims": reply["claims"], "used": {"greet": 1}}
    return [
        {"event": "user", "timestamp": at, "text": text, "parse_data": parsed,
         "input_channel": rng.choice(("web",) * 30 + ("telegram",)),
         "message_id": f"{rng.getrandbits(128):032x}", "metadata": {"client_id": f"{rng.getrandbits(60):x}"}},
        {"event": "user_featurization", "timestamp": at, "use_text_for_featurization": False},
        {"event": "action", "timestamp": at + 0.1, "name": "action_answer_message", "policy": "RulePolicy", "confidence": 1.0},
        {"event": "bot", "timestamp": at + 0.2, "text": reply["text"], "data": {"custom": reply}, "metadata": {}},
        {"event": "slot", "timestamp": at + 0.3, "name": "memory", "value": memory},
        {"event": "action", "timestamp": at + 0.4, "name": "action_listen", "policy": "RulePolicy", "confidence": 1.0},
    ]  # fmt: skip


def _conversation(rng: random.Random, at: float, length: int) -> list[dict[str, Any]]:
    return [event for turn in range(length) for event in one_turn(rng, at + turn * 40)]


def _message(rng: random.Random) -> tuple[str, dict[str, Any], dict[str, Any]]:
    confidence = round(rng.betavariate(6, 2), 4)
    if rng.random() < 0.3:
        type = rng.choice(list(CLAIMS))
        opening = rng.choice(OPENINGS)
        text = f"{opening} {CLAIMS[type]} {rng.choice(ENDINGS)} {rng.randrange(2000)}"
        start = len(opening) + 1
        mode = rng.choice(("asserted", "reported", "asked"))
        claim = {"type": type, "mode": mode, "start": start, "end": start + len(CLAIMS[type]), "text": CLAIMS[type],
                 "probability": confidence, "is_confirmed": True, "because": ["an example that is near"], "cue": opening}  # fmt: skip
        card = {
            **claim,
            "verdict": "not-supported",
            "flagged": mode != "asked",
            "facts": [rng.choice(FACTS)],
            "label": type,
        }
        return text, _parsed(rng, text, "check_claim", confidence, [claim]), _reply("verdict", card["facts"], [card])
    text = f"{rng.choice(OPENINGS)} {rng.choice(QUESTIONS)} {rng.choice(ENDINGS)} {rng.randrange(2000)}"
    fact = rng.choice(FACTS)
    kind = rng.choices(("answer", "out-of-scope", "smalltalk", "handoff", "safety"), (60, 20, 15, 3, 2))[0]
    intent = {"answer": f"ask_{fact}", "out-of-scope": "out_of_scope_cost", "handoff": "talk_to_person"}.get(
        kind, "greet"
    )
    return text, _parsed(rng, text, intent, confidence, []), _reply(kind, [fact] if kind == "answer" else [], [])


def _parsed(
    rng: random.Random, text: str, intent: str, confidence: float, claims: list[dict[str, Any]]
) -> dict[str, Any]:
    names = [intent, *(f"ask_{fact}" for fact in FACTS), "greet"]
    ranking = [{"name": name, "confidence": round(confidence / (place * 9 + 1), 5)} for place, name in enumerate(names)]
    possible = [{"type": "may-help", "mode": "asked", "start": 0, "end": 5, "text": text[:5], "probability": 0.4}]
    return {
        "text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": [], "claims": claims,
        "possible_claims": possible if rng.random() < 0.05 else [], "safety": "",
        "reading": {"model": "a1b2c3d4e5f6", "milliseconds": 11.2},
    }  # fmt: skip


def _reply(kind: str, facts: list[str], claims: list[dict[str, Any]]) -> dict[str, Any]:
    text = "The source says this in our words. " * 6
    source = {
        "id": "msif-stem-cells",
        "publisher": "A publisher",
        "title": "A title",
        "section": "AHSCT",
        "url": "https://example.org/x",
    }
    suggestions = [{"title": "What next?", "text": "What next?"}] * 3
    return {
        "kind": kind,
        "role": "assistant",
        "text": text,
        "facts": facts,
        "claims": claims,
        "sources": [source],
        "suggestions": suggestions,
    }


def _write(engine: Engine, found: list[tuple[str, list[dict[str, Any]]]], rng: random.Random) -> None:
    rows = [_row(id, happened, rng) for id, happened in found]
    with transaction(engine) as connection:
        connection.execute(sa.insert(conversations), rows)
        connection.execute(sa.insert(events), [row for id, happened in found for row in _event_rows(id, happened)])
        connection.execute(
            sa.insert(turns),
            [
                turn_row(id, turn.user, turn.replies)
                for id, happened in found
                for turn in split_turns(happened)
                if turn.user
            ],
        )


def _row(id: str, happened: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    return {
        "id": id, **summarise(happened), "started_at": happened[0]["timestamp"], "last_activity_at": happened[-1]["timestamp"],
        "snapshot": json.dumps({"slots": {"memory": happened[4]["value"]}, "loop": None}), "not_helpful": int(rng.random() < 0.02),
        "review_status": rng.choices(("new", "done", "in-review", "later"), (30, 64, 4, 2))[0],
        "assigned_to": rng.choice(("", "", "", "", "ana", "ben")),
    }  # fmt: skip


def _event_rows(id: str, happened: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in happened:
        yield {
            "sender_id": id, "type_name": event["event"], "timestamp": event["timestamp"], "action_name": event.get("name"),
            "intent_name": (event.get("parse_data") or {}).get("intent", {}).get("name"), "data": json.dumps(event),
        }  # fmt: skip
