"""What a rule decides from: the reading, the state, the content, and the measured thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stemcheck.content.library import Library
from stemcheck.content.reading import Reader
from stemcheck.conversation.reading import Reading
from stemcheck.conversation.state import DialogueState
from stemcheck.dialogue.words import Words, load_words, named_alone
from stemcheck.settings import Settings

FILE = Path("dialogue") / "thresholds.yml"


class Thresholds(BaseModel):
    """The probabilities from which something counts; written by `make refit`, each described in data/dialogue/thresholds.yml."""

    sure: float
    part_sure: float
    part_asked: float
    part_listed: float
    likely: float
    possible: float
    near: float
    near_subject: float
    act_sure: float
    claim_gate: float
    claim_certain: float
    feeling_sure: float
    feeling_heard: float
    speaker_sure: float
    cells_sure: float
    alarm_now: float
    alarm_today: float
    alarm_talk: float
    calm_sure: float

    class Config:
        """Unknown thresholds are an error."""

        extra = "forbid"
        frozen = True


@lru_cache(maxsize=2)
def load_thresholds(data_folder: Path) -> Thresholds:
    """Return the thresholds. Raises ValidationError when one is missing or unknown."""
    return Thresholds(**Reader(data_folder).read(data_folder / FILE))


@dataclass(frozen=True)
class Context:
    """Everything that a rule may look at."""

    library: Library
    settings: Settings
    reading: Reading
    state: DialogueState
    acts: Mapping[str, str]
    thresholds: Thresholds

    @property
    def act(self) -> str:
        """What the message does in a flow: "affirm", "stop", "talk_to_person" …; empty when it does nothing of the kind."""
        said = named_alone(self.words.again, self.reading.text)
        if said or self.reading.confidence < self.thresholds.act_sure:
            return said
        return self.acts.get(self.reading.situation, "")

    @property
    def words(self) -> Words:
        """The plain words that decide beside the network."""
        return load_words(self.settings.data_folder)


@dataclass(frozen=True)
class Move:
    """One action of a plan: the action's name, the rule that chose it, and what the action needs."""

    action: str
    rule: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def as_slot(self) -> dict[str, Any]:
        """Return the move as Rasa's slot `plan` holds it."""
        return {"action": self.action, "rule": self.rule, "args": dict(self.args)}
