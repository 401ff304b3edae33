"""The safety card: one card, one action, and nothing beside it."""

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.numbers import choose_numbers, list_numbers
from stemcheck.content.library import Library


def safety_answer(
    library: Library, card_id: str, memory: Memory, country: str = "", region: str = ""
) -> tuple[Answer, Memory]:
    """Return the card with the number of the visitor's region or the operator's country first, and what to remember.

    Nothing of what was before comes back by itself.
    """
    card = library.safety[card_id]
    numbers = choose_numbers(library, card, country, region)
    lines = list_numbers(numbers)
    shown = {"id": card.id, "title": card.title, "action": card.action, "numbers": numbers}
    text = paragraphs(f"{card.title}. {card.text}", f"{card.action}\n{lines}" if lines else card.action)
    answer = Answer("safety", text, extra={"card": shown})
    return answer, Voice(library, memory).remember(
        memory, kind="safety", facts=(), claims=(), listed=(), topic=card.id, running="", check={}
    )
