"""Score questions and dialogues over the chat API of a running service: `python -m evaluation.questions --url URL`."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from evaluation.rows import present, read_jsonl
from evaluation.scoring import ratio

WHOLE = "whole dialogue"
SECONDS = 60


class Chat:
    """One conversation over the chat API."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        opened = client.post("/api/conversations", json={}).raise_for_status().json()
        self._path = f"/api/conversations/{opened['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._count = 0

    def say(self, text: str) -> list[dict[str, Any]]:
        """Return the replies to a message; a failed call is a reply of kind `error`."""
        self._count += 1
        body = {"id": f"evaluation-{self._count}", "text": text}
        try:
            answer = self._client.post(self._path, json=body, headers=self._headers).raise_for_status()
        except httpx.HTTPError as problem:
            return [{"kind": "error", "text": str(problem)}]
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages


@dataclass
class Tally:
    """What was right, by the kind of reply that was expected."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    cited: list[int] = field(default_factory=list)
    misses: list[dict[str, Any]] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return accuracy over all turns, by kind, and the facts that an answer cites on average."""
        turns = [kind for kind in self.total if kind != WHOLE]
        figures: dict[str, Any] = {
            "rows": self.total[WHOLE] or sum(self.total[kind] for kind in turns),
            "accuracy": ratio(sum(self.right[kind] for kind in turns), sum(self.total[kind] for kind in turns)),
            "facts_cited_per_answer": round(sum(self.cited) / len(self.cited), 2) if self.cited else None,
        }
        return figures | {
            f"accuracy of {kind}": ratio(self.right[kind], self.total[kind]) for kind in sorted(self.total)
        }


def meets(expect: Mapping[str, Any], messages: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one reply has the expected kind, and the replies the expected facts and claim types."""
    replies = list(messages)
    facts = {fact for message in replies for fact in message.get("facts", ())}
    types = {claim["type"] for message in replies for claim in message.get("claims", ())}
    wanted = set(expect.get("facts", ()))
    has_facts = wanted <= facts if expect.get("all") else not wanted or bool(wanted & facts)
    is_kind = expect["kind"] in {message["kind"] for message in replies}
    return is_kind and has_facts and set(expect.get("types", ())) <= types


def score_chat(rows: Sequence[Mapping[str, Any]], url: str) -> Tally:
    """Have every row's conversation, and return what came of it."""
    tally = Tally()
    with httpx.Client(base_url=url, timeout=SECONDS, trust_env=False) as client:
        for row in rows:
            _have_conversation(row, Chat(client), tally)
    return tally


def _have_conversation(row: Mapping[str, Any], chat: Chat, tally: Tally) -> None:
    turns = row.get("turns") or [{"user": row["text"], "expect": row["expect"], "alt": row.get("alt", [])}]
    # a turn that went wrong does not end the conversation
    results = [_take_turn(row["id"], turn, chat.say(turn["user"]), tally) for turn in turns]
    if "turns" in row:
        tally.total[WHOLE] += 1
        tally.right[WHOLE] += all(results)


def _take_turn(id: str, turn: Mapping[str, Any], messages: list[dict[str, Any]], tally: Tally) -> bool:
    expect = turn.get("expect")
    if not expect:
        return True
    is_right = any(meets(one, messages) for one in (expect, *turn.get("alt", ())))
    tally.total[expect["kind"]] += 1
    tally.right[expect["kind"]] += is_right
    if expect["kind"] == "answer":
        tally.cited.append(len({fact for message in messages for fact in message.get("facts", ())}))
    if not is_right:
        tally.misses.append({"id": id, "user": turn["user"], "expected": expect, "got": _shorten(messages)})
    return is_right


def _shorten(messages: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "kind": message["kind"],
            "facts": message.get("facts", []),
            "types": [claim["type"] for claim in message.get("claims", [])],
        }
        for message in messages
    ]


def main() -> None:
    """Print the figures and the misses of both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the running service")
    url = parser.parse_args().url
    for name in present("questions", "dialogues", "reviewed-questions"):
        tally = score_chat(read_jsonl(name), url)
        for miss in tally.misses:
            print(json.dumps(miss, ensure_ascii=False))
        print(name, json.dumps(tally.figures(), indent=1))


if __name__ == "__main__":
    main()
