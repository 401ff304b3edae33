"""What the engine reads in messages and plans for them, without a server: each message at the start of a conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from evaluation.held_out import HeldMessage
from stemcheck.content.library import Library
from stemcheck.conversation.reading import CLAIM, Reading, read_message
from stemcheck.conversation.state import DialogueState
from stemcheck.dialogue.acts import load_acts
from stemcheck.dialogue.context import Context, Move, Thresholds
from stemcheck.dialogue.rules import decide
from stemcheck.model.inference import KnownPredictions, Model, Prediction
from stemcheck.reading.message_reader import MessageReader
from stemcheck.reading.question_splitter import split_questions
from stemcheck.settings import Settings
from stemcheck.text_form.normalise import normalise_text

SHOWN_CARD = "action_show_safety_card"
ANSWERED = "action_answer"
ASKED_BACK = frozenset({"ask-back", "unclear", "other-language"})
CONFIDENT = frozenset({"answer", "several-questions", "wants-person", "wants-erasure", "wants-copy", "wants-check"})
LIKELY = frozenset({"likely-answer", "near-answer"})
VERDICTS = frozenset(
    {"premise-corrected", "claims-made", "claims-asked", "possible-claim", "pasted-text", "claim-stops-medicine"}
)


@dataclass(frozen=True)
class Heard:
    """A labelled message and what was read in it."""

    message: HeldMessage
    reading: Reading

    @property
    def ranked(self) -> list[str]:
        """The situations, best first, without the label of messages that claim something."""
        return [name for name, _ in self.reading.ranking if name != CLAIM]


@dataclass(frozen=True)
class Planned:
    """A message that was heard, and the plan for it."""

    heard: Heard
    moves: tuple[Move, ...]

    @property
    def rule(self) -> str:
        """The name of the rule that held."""
        return self.moves[0].rule

    @property
    def card(self) -> str:
        """The safety card that is shown; empty for none."""
        return next((str(move.args["card"]) for move in self.moves if move.action == SHOWN_CARD), "")

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """The situations that the reply is about; for a wish, such as to talk to a person, the one that was read."""
        answered = [name for move in self.moves if move.action == ANSWERED for name in move.args["situations"]]
        return tuple(answered) or (self.heard.reading.situation,)

    @property
    def is_on_subject(self) -> bool:
        """Whether one of the situations answered is one that the message holds."""
        return bool(set(self.subjects) & set(self.heard.message.situations))


class ReadAhead:
    """The model, having read all pieces of many messages together, which is quicker than message by message."""

    def __init__(self, model: Model, texts: Sequence[str]) -> None:
        self.heads, self.version, self.claim_types = model.heads, model.version, model.claim_types
        self._known = KnownPredictions(model, texts)

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Return a prediction of each text, in order."""
        return self._known.predict(texts)


def read_all(reader: MessageReader, messages: Sequence[HeldMessage]) -> list[Heard]:
    """Return what the reader makes of each message."""
    pieces = [
        piece
        for message in messages
        for piece in (
            message.text,
            *split_questions(message.text),
            *reader.spotter.texts_read(normalise_text(message.text)),
        )
    ]
    quick = replace(reader, model=ReadAhead(reader.model, pieces))  # type: ignore[arg-type]
    return [Heard(message, read_message({**quick.read(message.text), "text": message.text})) for message in messages]


@dataclass(frozen=True)
class Planner:
    """What plans: content, settings and acts; the thresholds come with each call."""

    library: Library
    settings: Settings

    @cached_property
    def acts(self) -> Mapping[str, str]:
        """The act of each situation that has one."""
        return load_acts(self.settings.data_folder)

    def context(self, heard: Heard, thresholds: Thresholds) -> Context:
        """Return what the rules decide from."""
        return Context(self.library, self.settings, heard.reading, DialogueState(), self.acts, thresholds)

    def plan(self, heard: Sequence[Heard], thresholds: Thresholds) -> list[Planned]:
        """Return the plan for each message."""
        return [Planned(one, tuple(decide(self.context(one, thresholds)))) for one in heard]


def changed(thresholds: Thresholds, **values: Any) -> Thresholds:
    """Return the thresholds with some of them changed."""
    return Thresholds(**{**thresholds.dict(), **values})
