"""Test stories in Rasa's format. What each reply must hold stands in a story's metadata, which Rasa itself does not read.

`metadata: {replies: [...]}` has one entry a user turn; tests/conversations/expectations.py describes its keys. With
`servers: true` beside it, a story is told over the real service as well. `fault` says in what the assistant is known to be wrong:
the story is expected to fail, and once it passes, that line has to go.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.expectations import KEYS

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Turn:
    """What the visitor says, how it must be read, what is done about it, and what the replies must hold."""

    text: str
    intent: str
    actions: tuple[str, ...]
    expected: Mapping[str, Any]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules one of which must fire; none where the story leaves it open."""
        named = self.expected.get("rule", ())
        return (named,) if isinstance(named, str) else tuple(named)


@dataclass(frozen=True)
class Story:
    """A conversation; `topic` is the name of its file."""

    topic: str
    name: str
    turns: tuple[Turn, ...]
    over_service: bool
    fault: str

    def __str__(self) -> str:
        return f"{self.topic}: {self.name}"


def load_stories() -> list[Story]:
    """Return all stories of this folder. Raises ValueError that names a story with a key or a number of replies that is wrong."""
    return [
        _read(path.stem.removeprefix("test_"), story)
        for path in sorted(FOLDER.glob("test_*.yml"))
        for story in yaml.safe_load(path.read_text("utf-8"))["stories"]
    ]


def _read(topic: str, story: Mapping[str, Any]) -> Story:
    spoken: list[tuple[Mapping[str, Any], list[str]]] = []
    for step in story["steps"]:
        if "user" in step:
            spoken.append((step, []))
        else:
            spoken[-1][1].append(step["action"])
    metadata = story["metadata"]
    replies = metadata["replies"]
    if len(replies) != len(spoken) or any(set(reply) - KEYS for reply in replies):
        raise ValueError(f"{topic}: {story['story']}: one reply a user turn, with the keys {sorted(KEYS)}")
    turns = tuple(
        Turn(step["user"].strip(), step["intent"], tuple(actions), reply)
        for (step, actions), reply in zip(spoken, replies, strict=True)
    )
    return Story(topic, story["story"], turns, bool(metadata.get("servers")), metadata.get("fault", ""))
