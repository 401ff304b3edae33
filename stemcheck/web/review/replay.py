"""What the assistant would answer today: the message read by the current model, answered from the current content."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from stemcheck.answers.answer import Answer
from stemcheck.answers.memory import Memory, read_memory
from stemcheck.answers.respond import respond
from stemcheck.answers.understood import Understood, read_message
from stemcheck.storage.review_transcript import ReadTurn, read_memory_before
from stemcheck.storage.web_cards import card_of

if TYPE_CHECKING:
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
    """How a message is understood now, all replies to it, and whether what was said before had a say in it."""

    understood: Understood
    replies: list[dict[str, Any]]
    in_conversation: bool


def show_replay(visit: "Visit") -> Response:
    """Show what was replied to a message, and what would be replied now."""
    from stemcheck.web.review.conversation import asked_turn

    conversation_id, turn = asked_turn(visit)
    memory = read_memory_before(visit.connection, conversation_id, turn)
    visit.audit("replay", conversation_id, turn=turn.id)
    visit.let_go()  # Rasa may be waiting for the same lock, to store a visitor's message
    problem, now = "", None
    try:
        now = read_again(visit.console, turn, memory)
    except RuntimeError as missing:
        problem = f"There is no trained model here ({type(missing).__name__}). Run `make train`."
    except (LookupError, TypeError, ValueError) as problem_of_memory:
        problem = f"What was said before no longer fits today's content ({type(problem_of_memory).__name__})."
    context = {"turn": turn, "conversation_id": conversation_id, "now": now, "problem": problem}
    return visit.render("replay.html", **context, changes=compare(turn, now.understood, now.replies) if now else [])


def read_again(console: Any, turn: ReadTurn, remembered: dict[str, Any]) -> Replay:
    """Return how a turn is read and answered now, with what was remembered at that time. Raises NetworkMissing."""
    memory = read_memory(remembered)
    metadata = {"topic": topic_of(console.library, memory), "region": turn.metadata.get("region") or ""}
    understood, is_live = console.load_reader()(turn.text, metadata)
    answer, _ = respond(console.library, console.settings, understood, memory if is_live else Memory())
    return Replay(understood, messages_of(answer), is_live)


def topic_of(library: Any, memory: Memory) -> str:
    """Return the title of the first fact of the last answer, as the channel gives it to the pipeline."""
    return next((str(library.facts[fact].title) for fact in memory.facts if fact in library.facts), "")


def messages_of(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer and those that follow it, as the visitor gets them."""
    following = messages_of(answer.following) if answer.following else []
    return [answer.as_message(), *following]


def compare(turn: ReadTurn, understood: Understood, replies: list[dict[str, Any]]) -> list[Difference]:
    """Return what was and what would be, thing by thing: all replies, and the intent of the network, whatever a rule made of it."""
    then_claims = turn.parsed.get("claims") or []
    pairs = (
        ("Intent", _first_intent(turn.parsed), understood.intent),
        ("Claims", _claims(then_claims), _claims([claim.as_dict() for claim in understood.claims])),
        ("Kind of reply", _kinds(turn.replies), _kinds(replies)),
        ("Safety card", card_of(turn.replies), card_of(replies)),
        ("Facts", _facts(turn.replies), _facts(replies)),
        ("Reply", _texts(turn.replies), _texts(replies)),
    )
    return [Difference(*pair) for pair in pairs]


def _first_intent(parsed: dict[str, Any]) -> str:
    ranking = read_message(parsed).ranking
    return ranking[0][0] if ranking else str((parsed.get("intent") or {}).get("name") or "")


def _claims(claims: list[dict[str, Any]]) -> str:
    return ", ".join(sorted(f"{claim['type']} ({claim['mode']})" for claim in claims))


def _kinds(replies: list[dict[str, Any]]) -> str:
    return ", ".join(str(reply.get("kind") or "") for reply in replies)


def _facts(replies: list[dict[str, Any]]) -> str:
    return ", ".join(dict.fromkeys(fact for reply in replies for fact in reply.get("facts") or []))


def _texts(replies: list[dict[str, Any]]) -> str:
    return "\n\n".join(str(reply.get("text") or "") for reply in replies)
