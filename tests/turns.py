"""A turn of the dialogue without servers: the rules plan for a message, each move is composed, the state is kept."""

from dataclasses import dataclass

from stemcheck.conversation.answer import Answer
from stemcheck.conversation.reading import CLAIM, read_message
from stemcheck.conversation.state import DialogueState, read_state
from stemcheck.dialogue.acts import load_acts
from stemcheck.dialogue.compose import compose
from stemcheck.dialogue.context import Context, Move, load_thresholds
from stemcheck.dialogue.rules import decide
from stemcheck.settings import Settings
from tests.library import LIBRARY
from tests.parse_data import parse_data

SETTINGS = Settings()
ACTS = load_acts(SETTINGS.data_folder)
THRESHOLDS = load_thresholds(SETTINGS.data_folder)


@dataclass(frozen=True)
class Turn:
    """The plan for a message, its replies, and what is remembered after them."""

    moves: list[Move]
    answers: list[Answer]
    state: DialogueState

    @property
    def rule(self):
        """The name of the rule that planned."""
        return self.moves[0].rule

    @property
    def answer(self):
        """The first reply."""
        return self.answers[0]

    @property
    def text(self):
        """All that is said."""
        return "\n\n".join(answer.text for answer in self.answers)


def context(situation="ahsct/what-is-ahsct", confidence=0.9, *, state=None, settings=SETTINGS, **more):
    """Return what a rule decides from."""
    assert situation in (*LIBRARY.situations, CLAIM, ""), f"there is no situation {situation}"
    reading = read_message(parse_data(situation, confidence, **more))
    return Context(LIBRARY, settings, reading, state or DialogueState(), ACTS, THRESHOLDS)


def say(situation="ahsct/what-is-ahsct", confidence=0.9, *, state=None, settings=SETTINGS, **more):
    """Return the turn that a message of this situation brings; `more` is as in `parse_data`."""
    ctx = context(situation, confidence, state=state, settings=settings, **more)
    moves, after, answers = decide(ctx), ctx.state, []
    for move in moves:
        answer, after = compose(
            move.action, move.rule, move.args, library=LIBRARY, settings=settings, reading=ctx.reading, state=after
        )
        answers.append(answer)
        after = read_state(after.as_slot())
    return Turn(moves, answers, after)


def say_in_turn(*situations, **more):
    """Return the turns of messages that follow each other."""
    turns, state = [], None
    for situation in situations:
        turns.append(say(situation, state=state, **more))
        state = turns[-1].state
    return turns
