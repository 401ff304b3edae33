"""A conversation without servers: messages are read, decided and answered as Rasa and the action server do, in this process."""

import json
from dataclasses import dataclass, field
from typing import Any

from stemcheck.content.library import Library
from stemcheck.conversation.reading import read_message
from stemcheck.conversation.state import DialogueState, read_state
from stemcheck.dialogue.acts import load_acts
from stemcheck.dialogue.compose import compose
from stemcheck.dialogue.context import Context, load_thresholds
from stemcheck.dialogue.rules import decide
from stemcheck.nlu.conversation_topic import title_of
from stemcheck.reading.message_reader import MessageReader
from stemcheck.settings import Settings


@dataclass(frozen=True)
class Replies:
    """What came of a message: how it was read, the rule, its actions in order, the situations answered, the messages."""

    parsed: dict[str, Any]
    rule: str
    actions: tuple[str, ...]
    situations: tuple[str, ...]
    messages: list[dict[str, Any]]


@dataclass
class Conversation:
    """Says messages one after the other, and remembers what the assistant would."""

    reader: MessageReader
    library: Library
    settings: Settings
    state: DialogueState = field(default_factory=DialogueState)

    def say(self, text: str) -> Replies:
        """Return what the assistant makes of a message."""
        parsed = self.reader.read(text, title_of(self.state.situations))
        reading = read_message({**parsed, "text": text})
        folder = self.settings.data_folder
        context = Context(self.library, self.settings, reading, self.state, load_acts(folder), load_thresholds(folder))
        moves = decide(context)
        messages = []
        for move in moves:
            content = {"library": self.library, "settings": self.settings, "reading": reading, "state": self.state}
            answer, self.state = compose(move.action, move.rule, move.args, **content)
            self.state = read_state(json.loads(json.dumps(self.state.as_slot())))  # as Rasa's slot keeps it
            messages.append(answer.as_message())
        situations = [name for move in moves for name in move.args.get("situations", ())]
        return Replies(parsed, moves[0].rule, tuple(move.action for move in moves), tuple(situations), messages)
