"""Corrections of reviewers as files: the project's own formats, and Rasa's YAML for training data and tests.

The names are those that read them: evaluation/evaluate.py scores the sets, tests/conversations/stories.py runs the tests.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from stemcheck.content.correction_rows import (
    Correction,
    chosen,
    claim_rows,
    evaluation_row,
    expected_reply,
    is_claim,
    json_lines,
    one_line,
    situation_messages,
)

TESTS = "tests/conversations/test_reviewed.yml"
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
        "conversation-tests.yml": rasa_tests(found),
        **{name.rpartition("/")[2]: text for name, text in evaluation_sets(found).items()},
        **{f"claims/{type}.yml": text for type, text in claim_ideas(found).items()},
        **{f"situations/{id}.yml": message_lines(texts) for id, texts in situation_messages(found).items()},
    }
    return {name: text for name, text in files.items() if text}


def message_lines(texts: Iterable[str], indent: str = "  ") -> str:
    """Return the lines for the end of `messages` in data/situations/<id>.yml."""
    # JSON is YAML, and keeps every sign of a visitor's text harmless
    return "".join(f"{indent}- {json.dumps(text, ensure_ascii=False)}\n" for text in dict.fromkeys(texts))


def claim_ideas(corrections: Iterable[Correction]) -> dict[str, str]:
    """Return the ideas for the end of data/claims/examples/<type>.yml, by type."""
    found = {}
    for type, rows in sorted(claim_rows(corrections).items()):
        lines = []
        for number, kind, row in rows:
            # JSON is YAML, and keeps every sign of a visitor's text harmless
            flow = json.dumps(row, ensure_ascii=False)
            lines += [f"  - idea: from the review console, number {number}", f"    {kind}:", f"      - {flow}"]
        found[type] = "".join(f"{line}\n" for line in lines)
    return found


def evaluation_sets(corrections: Iterable[Correction]) -> dict[str, str]:
    """Return new rows of the sets of reviewed texts, by the name of the set's file."""
    rows = chosen(corrections, "evaluation")
    return {
        QUESTIONS: json_lines(evaluation_row(item) for item in rows if not is_claim(item)),
        CLAIMS: json_lines(evaluation_row(item) for item in rows if is_claim(item)),
    }


def rasa_examples(corrections: Iterable[Correction]) -> str:
    """Return Rasa's training data with situations as retrieval intents, or nothing."""
    intents = [
        {"intent": situation, "examples": _Line("".join(f"- {text}\n" for text in texts))}
        for situation, texts in sorted(situation_messages(corrections).items())
    ]
    return _dump({"version": "3.1", "nlu": intents}) if intents else ""


def rasa_tests(corrections: Iterable[Correction]) -> str:
    """Return conversation tests in Rasa's format, or nothing."""
    stories = [_story(item) for item in chosen(corrections, "test") if item["content"].get("turns")]
    return _dump({"version": "3.1", "stories": stories}) if stories else ""


def _story(item: Correction) -> dict[str, Any]:
    """Return a test whose last reply must be as the reviewer said; what was recorded for that turn was wrong, and is left out."""
    *earlier, last = item["content"]["turns"]
    steps = [step for turn in earlier for step in _steps(turn)]
    return {
        "story": f"Reviewed, number {item['id']}",
        "metadata": {"replies": [*({"open": True} for _ in earlier), expected_reply(item["content"])]},
        "steps": [*steps, *_steps({**last, "actions": ()})],
    }


def _steps(turn: Mapping[str, Any]) -> list[dict[str, Any]]:
    user = {"user": _Line(f"{one_line(turn['text'])}\n"), "intent": turn["intent"]}
    return [user, *({"action": action} for action in turn.get("actions", ()))]


def _published(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != UNEDITED}


def _dump(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
