"""Test stories in Rasa's format. What each reply must hold stands in a story's metadata, which Rasa itself does not read.

`metadata: {replies: [...]}` has one entry a user turn, with these keys, each of which may be left out:
kind; facts (one of them at least is stated) or all_facts; types (of claims, all are judged); flagged (whether any claim is);
has and not_has (a text, or several, in the reply); step (the clinic check's question that waits; left out: none waits).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
# A text that looks like one of Rasa's commands stands in a story as the channel hands it over: behind this mark.
MARK = "\u2060"
SAFETY = "safety_"


@dataclass(frozen=True)
class Turn:
    """What the visitor says, how it must be read, and what the reply must hold."""

    text: str
    intent: str
    expected: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """A conversation; `topic` is the name of its file."""

    topic: str
    name: str
    turns: tuple[Turn, ...]


def load_stories() -> list[Story]:
    """Return all stories of this folder. Raises ValueError that names a story with a key or a number of replies that is wrong."""
    return [
        _read(path.stem.removeprefix("test_"), story)
        for path in sorted(FOLDER.glob("test_*.yml"))
        for story in yaml.safe_load(path.read_text("utf-8"))["stories"]
    ]


def find_faults(turn: Turn, reply: dict[str, Any]) -> list[str]:
    """Return what is wrong with a reply, in words; nothing when all is right."""
    expected, facts, claims = turn.expected, set(reply["facts"]), reply["claims"]
    types = {claim["type"] for claim in claims}
    step = (reply.get("progress") or {}).get("step")
    card = turn.intent.removeprefix(SAFETY) if turn.intent.startswith(SAFETY) else ""
    checks = {
        f"the kind is {reply['kind']}": expected.get("kind", reply["kind"]) == reply["kind"],
        f"the facts are {sorted(facts)}": not expected.get("facts") or facts & set(expected["facts"]),
        f"of all facts there are {sorted(facts)}": set(expected.get("all_facts", ())) <= facts,
        f"the claims are {sorted(types)}": set(expected.get("types", ())) <= types,
        "flagged is wrong": expected.get("flagged") in (None, any(claim["flagged"] for claim in claims)),
        f"the clinic check's question is {step}": expected.get("step") == step,
        f"the card is not {card}": not card or (reply.get("card") or {}).get("id") == card,
    }
    missing = [f"{text!r} is missing" for text in _texts(expected.get("has")) if text not in reply["text"]]
    unwanted = [f"{text!r} is there" for text in _texts(expected.get("not_has")) if text in reply["text"]]
    return [fault for fault, is_right in checks.items() if not is_right] + missing + unwanted


def _read(topic: str, story: dict[str, Any]) -> Story:
    spoken = [step for step in story["steps"] if "user" in step]
    replies = story["metadata"]["replies"]
    known = {"kind", "facts", "all_facts", "types", "flagged", "has", "not_has", "step", "then"}
    if len(replies) != len(spoken) or any(set(reply) - known for reply in replies):
        raise ValueError(f"{topic}: {story['story']}: one reply a user turn, with the keys {sorted(known)}")
    turns = (Turn(step["user"].strip(), step["intent"], reply) for step, reply in zip(spoken, replies, strict=True))
    return Story(topic, story["story"], tuple(turns))


def _texts(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
