"""Corrections of reviewers as files: the project's own formats, and Rasa's YAML for training data and tests."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

USES = ("training", "twin", "evaluation", "test")
Correction = Mapping[str, Any]  # `id` and `content`, as stemcheck/storage/review_corrections.py gives them

TESTS = "tests/conversations/reviewed.yml"
QUESTIONS = "evaluation/sets/reviewed-questions.jsonl"
CLAIMS = "evaluation/sets/reviewed-claims.jsonl"


UNEDITED = "steps"  # of a test collected by version 0.1.0: what visitors wrote, whatever the reviewer had taken out


class _Line(str):
    """A text that is written as a block, so that any sign may stand in it."""


def _as_block(dumper: yaml.SafeDumper, text: _Line) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")


class _Dumper(yaml.SafeDumper):
    """Writes a `_Line` as a block."""


_Dumper.add_representer(_Line, _as_block)


def render_files(corrections: Iterable[Correction]) -> dict[str, str]:
    """Return the text of each file that holds these corrections, by its name."""
    found = list(corrections)
    files = {
        "corrections.jsonl": json_lines(
            dict(_published(item["content"]), id=item["id"], kind=item["kind"]) for item in found
        ),
        "nlu.yml": rasa_examples(found),
        QUESTIONS.rpartition("/")[2]: json_lines(
            evaluation_row(item) for item in chosen(found, "evaluation") if not is_claim(item)
        ),
        CLAIMS.rpartition("/")[2]: json_lines(
            evaluation_row(item) for item in chosen(found, "evaluation") if is_claim(item)
        ),
        "conversation-tests.yml": rasa_tests(chosen(found, "test")),
    }
    for type in sorted({claim_type_of(item) for item in claim_examples(found)}):
        files[f"claims/{type}.yml"] = claim_ideas(
            [item for item in claim_examples(found) if claim_type_of(item) == type]
        )
    return {name: text for name, text in files.items() if text}


def chosen(corrections: Iterable[Correction], *uses: str) -> list[Correction]:
    """Return the corrections for these uses."""
    return [item for item in corrections if item["kind"] in uses]


def is_claim(item: Correction) -> bool:
    """Return whether a correction is about claims."""
    return bool(item["content"].get("claims")) or bool(item["content"].get("twin_of"))


def claim_examples(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that are examples or near twins of a claim type."""
    return [item for item in chosen(corrections, "training", "twin") if is_claim(item)]


def claim_type_of(item: Correction) -> str:
    """Return the claim type in whose file an example stands."""
    content = item["content"]
    return str(content["twin_of"] if item["kind"] == "twin" else content["claims"][0]["type"])


def claim_ideas(corrections: list[Correction]) -> str:
    """Return ideas for the end of data/claims/examples/<type>.yml."""
    lines = []
    for item in corrections:
        lines.append(f"  - idea: from the review console, number {item['id']}")
        lines.append(f"    {'twins' if item['kind'] == 'twin' else 'claims'}:")
        lines.append(f"      - {_flow(_twin(item) if item['kind'] == 'twin' else _example(item))}")
    return "".join(f"{line}\n" for line in lines)


def intent_examples(corrections: Iterable[Correction]) -> dict[str, list[str]]:
    """Return the texts to learn, by intent."""
    found: dict[str, list[str]] = {}
    for item in chosen(corrections, "training"):
        if not is_claim(item):
            found.setdefault(item["content"]["intent"], []).append(one_line(item["content"]["text"]))
    return found


def rasa_examples(corrections: Iterable[Correction]) -> str:
    """Return Rasa's training data, or nothing."""
    intents = [
        {"intent": intent, "examples": _Line("".join(f"- {text}\n" for text in texts))}
        for intent, texts in sorted(intent_examples(corrections).items())
    ]
    return _dump({"version": "3.1", "nlu": intents}) if intents else ""


def rasa_tests(corrections: Iterable[Correction]) -> str:
    """Return conversation tests in Rasa's format, or nothing."""
    stories = [
        {
            "story": f"Reviewed, number {item['id']}",
            "steps": [step for turn in item["content"]["turns"] for step in _steps(turn)],
        }
        for item in corrections
        if item["content"].get("turns")
    ]
    return _dump({"version": "3.1", "stories": stories}) if stories else ""


def evaluation_row(item: Correction) -> dict[str, Any]:
    """Return a row of evaluation/sets/claims.jsonl or questions.jsonl."""
    content = item["content"]
    row: dict[str, Any] = {"id": f"reviewed-{item['id']}", "text": content["text"]}
    if is_claim(item):
        claims = [{"type": claim["type"], "mode": claim["mode"]} for claim in content.get("claims", [])]
        return {**row, "claims": claims, "flagged": bool(content.get("flagged"))}
    expected = {"kind": content["reply_kind"], **({"facts": content["facts"]} if content.get("facts") else {})}
    return {**row, "expect": expected}


def json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def one_line(text: str) -> str:
    """Return a text without line breaks, as an example of Rasa's is one line."""
    return " ".join(text.split())


def _example(item: Correction) -> dict[str, Any]:
    first, *others = item["content"]["claims"]
    row: dict[str, Any] = {"text": one_line(item["content"]["text"]), "mode": first["mode"]}
    return {**row, "also": [claim["type"] for claim in others]} if others else row


def _twin(item: Correction) -> dict[str, Any]:
    content = item["content"]
    types = [claim["type"] for claim in content.get("claims", [])]
    row = {"text": one_line(content["text"]), "why": content["why"]}
    return {**row, "types": types} if types else row


def _steps(turn: Mapping[str, Any]) -> list[dict[str, Any]]:
    user = {"user": _Line(f"{one_line(turn['text'])}\n"), "intent": turn["intent"]}
    return [user, *({"action": action} for action in turn.get("actions", ()))]


def _published(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != UNEDITED}


def _flow(row: dict[str, Any]) -> str:
    # JSON is YAML, and keeps every sign of a visitor's text harmless
    return json.dumps(row, ensure_ascii=False)


def _dump(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
