"""What is remembered from turn to turn, in one slot, and forgotten with the session."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from stemcheck.content.library import Library

TUPLES = ("situations", "facts", "claims", "judged", "newer", "offered", "history", "told_updates", "said")
MAX_HISTORY = 8  # situations that a visitor may come back to


@dataclass(frozen=True)
class DialogueState:
    """The last reply and what is still open.

    `kind`, `situations`, `facts` and `claims` are those of the last reply; `judged` the claims of the last verdict or report,
    numbered as on the screen, also when something else was told since, and `newer` those of their types that the visitor's
    own team claims of a transplant. `history` are the situations answered so far, the latest last. `offered` are those that
    the last reply offered or told in order, for "the second one?". `flow` is the running flow, `check` how far the clinic
    check is, `card` the last safety card and `card_age` how many replies ago it was. `told_updates` were told in full once.
    `said` are digests of the last replies, `used` counts each wording.
    """

    kind: str = ""
    situations: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    claims: tuple[dict[str, Any], ...] = ()
    judged: tuple[dict[str, Any], ...] = ()
    newer: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    flow: str = ""
    check: dict[str, Any] = field(default_factory=dict)
    card: str = ""
    card_age: int = 0
    told_updates: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    used: dict[str, int] = field(default_factory=dict)

    def with_history(self, situations: Sequence[str]) -> tuple[str, ...]:
        """Return the history with these situations as the latest."""
        return (*(name for name in self.history if name not in situations), *situations)[-MAX_HISTORY:]

    def as_slot(self) -> dict[str, Any]:
        """Return what is kept in Rasa's slot `dialogue_state`."""
        return asdict(self)


def digest(text: str) -> str:
    """Return what stands for a text in the state, which holds no reply word for word."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_state(slot: dict[str, Any] | None) -> DialogueState:
    """Return the state that a slot holds; an empty one at the start, or where an older version wrote the slot."""
    known = {name: value for name, value in (slot or {}).items() if name in DialogueState.__dataclass_fields__}
    for name in TUPLES:
        known[name] = tuple(known.get(name) or ())
    return DialogueState(**known)


class WordingPicker:
    """Chooses among the wordings of a reply, each in its turn, so that none comes twice running."""

    def __init__(self, library: Library, state: DialogueState) -> None:
        self._library = library
        self.used = dict(state.used)

    def say(self, reply: str, **placeholders: object) -> str:
        """Return the next wording of the reply with this id, filled in."""
        wording = self.pick(f"reply/{reply}", self._library.replies[reply].variants)
        return wording.format(**placeholders) if placeholders else wording

    def pick(self, name: str, wordings: tuple[str, ...]) -> str:
        """Return the next of `wordings`, and count it under `name`."""
        count = self.used.get(name, 0)
        self.used[name] = count + 1
        return str(wordings[count % len(wordings)])

    def remember(self, state: DialogueState, **changes: Any) -> DialogueState:
        """Return the state with `changes` and with the wordings used so far."""
        return replace(state, used=self.used, **changes)
