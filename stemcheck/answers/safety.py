"""The safety card: one card, one action, and nothing beside it."""

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.memory import Memory, Voice
from stemcheck.content.library import Library
from stemcheck.content.schema_guidance import SafetyCard

DEFAULT_COUNTRY = "default"


def safety_answer(
    library: Library, card_id: str, memory: Memory, country: str = DEFAULT_COUNTRY
) -> tuple[Answer, Memory]:
    """Return the card with the country's number first, and what to remember: nothing of what was before comes back by itself."""
    card = library.safety[card_id]
    numbers = order_numbers(card, country)
    lines = "\n".join(f"{number['country']}: {number['number']}" for number in numbers)
    shown = {"id": card.id, "title": card.title, "action": card.action, "numbers": numbers}
    text = paragraphs(f"{card.title}. {card.text}", f"{card.action}\n{lines}" if lines else card.action)
    answer = Answer("safety", text, extra={"card": shown})
    return answer, Voice(library, memory).remember(
        memory, kind="safety", facts=(), claims=(), listed=(), topic=card.id, running="", check={}
    )


def order_numbers(card: SafetyCard, country: str) -> list[dict[str, str]]:
    """Return the card's numbers, the visitor's country first, then the one for everywhere else."""
    first = [name for name in (country, DEFAULT_COUNTRY) if name in card.numbers]
    rest = [name for name in card.numbers if name not in first]
    return [
        {"country": "Elsewhere" if name == DEFAULT_COUNTRY else name, "number": card.numbers[name]}
        for name in dict.fromkeys(first + rest)
    ]
