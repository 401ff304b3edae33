"""What the assistant would answer today: the message read by the current model, answered from the current content."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from stemcheck.content.library import Library
from stemcheck.conversation.reading import Reading
from stemcheck.conversation.state import DialogueState, read_state
from stemcheck.dialogue.acts import load_acts
from stemcheck.dialogue.compose import compose
from stemcheck.dialogue.context import Context, load_thresholds
from stemcheck.dialogue.rules import decide
from stemcheck.storage.review_transcript import ReadTurn, read_state_before
from stemcheck.storage.turns import situation_of
from stemcheck.storage.web_cards import card_of
from stemcheck.web.review.choices import situation_title

if TYPE_CHECKING:
    from stemcheck.web.review.console import Console
    from stemcheck.web.review.visit import Visit


@dataclass(frozen=True)
class Difference:
    """One thing, as it was and as it would be."""

    name: str
    then: str
    now: str

    @property
    def is_same(self) -> bool:
        """Return whether nothing changed."""
        return self.then == self.now


@dataclass(frozen=True)
class Replay:
    """How a message is read now, all replies to it, and whether the running assistant read it."""

    reading: Reading
    replies: list[dict[str, Any]]
    is_live: bool


def show_replay(visit: "Visit") -> Response:
    """Show what was replied to a message, and what would be replied now."""
    from stemcheck.web.review.conversation import asked_turn

    conversation_id, turn = asked_turn(visit)
    state = read_state_before(visit.connection, conversation_id, turn)
    visit.audit("replay", conversation_id, turn=turn.id)
    visit.let_go()  # Rasa may be waiting for the same lock, to store a visitor's message
    problem, now = "", None
    try:
        now = read_again(visit.console, turn, state)
    except RuntimeError as missing:
        problem = f"There is no trained model here ({type(missing).__name__}). Run `make setup`."
    except (LookupError, TypeError, ValueError) as problem_of_state:
        problem = f"What was said before no longer fits today's content ({type(problem_of_state).__name__})."
    changes = compare(visit.console.library, turn, now) if now else []
    return visit.render(
        "replay.html", turn=turn, conversation_id=conversation_id, now=now, problem=problem, changes=changes
    )


def read_again(console: "Console", turn: ReadTurn, remembered: dict[str, Any]) -> Replay:
    """Return how a turn is read and answered now, with what was remembered at that time. Raises ModelMissing."""
    state = read_state(remembered)
    metadata = {"topic": topic_of(console.library, state), "region": turn.metadata.get("region") or ""}
    reading, is_live = console.load_reader()(turn.text, metadata)
    return Replay(reading, answer_again(console, reading, state), is_live)


def answer_again(console: "Console", reading: Reading, state: DialogueState) -> list[dict[str, Any]]:
    """Return the messages of the plan that today's rules make, as Rasa stores them."""
    library, settings = console.library, console.settings
    acts, thresholds = load_acts(settings.data_folder), load_thresholds(settings.data_folder)
    messages = []
    for move in decide(Context(library, settings, reading, state, acts, thresholds)):
        answer, state = compose(
            move.action, move.rule, move.args, library=library, settings=settings, reading=reading, state=state
        )
        messages.append(answer.as_message())
    return messages


def topic_of(library: Library, state: DialogueState) -> str:
    """Return the title of the first situation of the last answer, as the channel gives it to the pipeline."""
    return next((str(library.situations[id].title) for id in state.situations if id in library.situations), "")


def compare(library: Library, turn: ReadTurn, now: Replay) -> list[Difference]:
    """Return what was and what would be, thing by thing: of all replies, and of the situation, whatever a rule made of it."""
    claims = [claim.as_dict() for claim in now.reading.claims]
    pairs = (
        ("Situation", *(situation_title(library, id) for id in (situation_of(turn.parsed), now.reading.situation))),
        ("Claims", _claims(turn.parsed.get("claims") or []), _claims(claims)),
        ("Rule", _each(turn.replies, "rule"), _each(now.replies, "rule")),
        ("Kind of reply", _each(turn.replies, "kind"), _each(now.replies, "kind")),
        ("Safety card", card_of(turn.replies), card_of(now.replies)),
        ("Facts", _all(turn.replies, "facts"), _all(now.replies, "facts")),
        ("Guidance", _all(turn.replies, "guidance"), _all(now.replies, "guidance")),
        ("Reply", _texts(turn.replies), _texts(now.replies)),
    )
    return [Difference(*pair) for pair in pairs]


def _claims(claims: Iterable[dict[str, Any]]) -> str:
    return ", ".join(sorted(f"{claim['type']} ({claim['mode']})" for claim in claims))


def _each(replies: Iterable[dict[str, Any]], key: str) -> str:
    return ", ".join(str(reply[key]) for reply in replies if reply.get(key))


def _all(replies: Iterable[dict[str, Any]], key: str) -> str:
    return ", ".join(dict.fromkeys(item for reply in replies for item in reply.get(key) or []))


def _texts(replies: Iterable[dict[str, Any]]) -> str:
    return "\n\n".join(str(reply.get("text") or "") for reply in replies)
