"""What the assistant would answer today: the message read by the current model, answered from the current content."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from stemcheck.answers.memory import Memory
from stemcheck.answers.respond import respond
from stemcheck.answers.understood import Understood

if TYPE_CHECKING:
    from stemcheck.web.review.visit import Visit

Reader = Callable[[str], Understood]
RANKED = 5


def load_reader() -> Reader:
    """Return what reads a message with the network that is trained now. Raises NetworkMissing."""
    from stemcheck.claims.spotter import load_spotter
    from stemcheck.network.network import load_network

    network, spotter = load_network(), load_spotter()

    def read(text: str) -> Understood:
        intents = network.read([text])[0].intents
        best = intents.argsort()[::-1][:RANKED]
        ranking = tuple((network.intents[place], float(intents[place])) for place in best)
        return Understood(
            text, ranking, claims=tuple(claim for claim in spotter.find_claims(text) if claim.is_confirmed)
        )

    return read


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


def show_replay(visit: "Visit") -> Response:
    """Show what was replied to a message, and what would be replied now."""
    from stemcheck.web.review.conversation import find_read_turn

    conversation_id, turn = find_read_turn(visit)
    visit.audit("replay", conversation_id, turn=turn.id)
    problem, now = "", None
    try:
        now = read_again(visit.console, turn.text)
    except RuntimeError as missing:
        problem = f"There is no trained model here ({type(missing).__name__}). Run `make train`."
    changes = compare(turn, *now) if now else []
    return visit.render("replay.html", turn=turn, conversation_id=conversation_id, changes=changes, problem=problem)


def read_again(console: Any, text: str) -> tuple[Understood, dict[str, Any]]:
    """Return how a text is understood now, and the reply as a message. What was said before it is left out."""
    from stemcheck.content.safety_rule import build_safety_rule

    read = console.load_reader()(text)
    card = build_safety_rule(console.library.safety).find(text)
    understood = replace(read, safety=str(card.id) if card else "")
    answer, _ = respond(console.library, console.settings, understood, Memory())
    return understood, answer.as_message()


def compare(turn: Any, understood: Understood, reply: dict[str, Any]) -> list[Difference]:
    """Return what was and what would be, thing by thing."""
    first = turn.replies[0] if turn.replies else {}
    then_claims = turn.parsed.get("claims") or []
    intent = turn.parsed.get("intent") or {}
    return [
        Difference("Intent", intent.get("name") or "", understood.intent),
        Difference("Claims", _claims(then_claims), _claims([claim.as_dict() for claim in understood.claims])),
        Difference("Kind of reply", first.get("kind") or "", reply["kind"]),
        Difference("Facts", ", ".join(first.get("facts") or []), ", ".join(reply["facts"])),
        Difference("Reply", first.get("text") or "", reply["text"]),
    ]


def _claims(claims: list[dict[str, Any]]) -> str:
    return ", ".join(sorted(f"{claim['type']} ({claim['mode']})" for claim in claims))
