"""What the assistant replies: a text that is whole by itself, and the parts that a widget draws."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "answer", "verdict", "clinic-check", "out-of-scope", "safety", "smalltalk", "handoff", "privacy", "error"
]


@dataclass(frozen=True)
class Answer:
    """One reply message; docs/chat-api.md describes each key. Keys that only some kinds have are in `extra`.

    `following` is a second message of the same turn.
    """

    kind: Kind
    text: str
    facts: tuple[str, ...] = ()
    claims: tuple[dict[str, Any], ...] = ()
    updates: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    citations: tuple[dict[str, Any], ...] = ()
    suggestions: tuple[dict[str, str], ...] = ()
    guidance: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    following: "Answer | None" = None

    def as_message(self) -> dict[str, Any]:
        """Return the message of the chat API, still without `id` and `sent_at`."""
        lists = ("facts", "claims", "updates", "sources", "citations", "suggestions", "guidance")
        parts = {name: list(getattr(self, name)) for name in lists}
        return {"kind": self.kind, "role": "assistant", "text": self.text, **parts, **self.extra}


def paragraphs(*parts: str) -> str:
    """Return the parts that are not empty, separated by blank lines."""
    return "\n\n".join(part.strip() for part in parts if part and part.strip())
