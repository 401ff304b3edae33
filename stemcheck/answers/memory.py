"""What is remembered from turn to turn, and forgotten with the session."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from stemcheck.content.library import Library


@dataclass(frozen=True)
class Memory:
    """The last reply's facts and claims, a question back or a guided check that is `running`, and how often each wording was used.

    `judged` are the claims of the last verdict or report, also when something else was told since; `listed` the facts
    that the last reply told or offered in order, for "the second one?". `said` are digests of the last two replies' texts.
    """

    kind: str = ""
    facts: tuple[str, ...] = ()
    claims: tuple[dict[str, Any], ...] = ()
    judged: tuple[dict[str, Any], ...] = ()
    listed: tuple[str, ...] = ()
    topic: str = ""
    told_more: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    running: str = ""
    check: dict[str, Any] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def as_slot(self) -> dict[str, Any]:
        """Return what is kept in Rasa's slot `memory`."""
        return asdict(self)


def read_memory(slot: dict[str, Any] | None) -> Memory:
    """Return the memory that a slot holds; an empty one at the start, or when an older version wrote the slot."""
    known = {name: value for name, value in (slot or {}).items() if name in Memory.__dataclass_fields__}
    for name in ("facts", "claims", "judged", "listed", "told_more", "said"):
        known[name] = tuple(known.get(name, ()))
    return Memory(**known)


class Voice:
    """Chooses among the wordings of a reply, each in its turn, so that none comes twice running."""

    def __init__(self, library: Library, memory: Memory) -> None:
        self._library = library
        self.used = dict(memory.used)

    def say(self, reply: str, **placeholders: object) -> str:
        """Return the next wording of the reply with this id, filled in."""
        wording = self.turn(f"reply/{reply}", self._library.replies[reply].variants)
        return wording.format(**placeholders) if placeholders else wording

    def decline(self, topic: str) -> str:
        """Return the next wording for a subject that the source does not cover."""
        return self.turn(f"topic/{topic}", self._library.topics[topic].variants)

    def turn(self, name: str, wordings: tuple[str, ...]) -> str:
        """Return the next of `wordings`, and count it under `name`."""
        count = self.used.get(name, 0)
        self.used[name] = count + 1
        return str(wordings[count % len(wordings)])

    def remember(self, memory: Memory, **changes: Any) -> Memory:
        """Return the memory with `changes` and with the wordings used so far."""
        return replace(memory, used=self.used, **changes)
