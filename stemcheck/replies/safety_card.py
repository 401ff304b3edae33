"""The safety card: one human sentence, one card, one action, and whom to call."""

from collections.abc import Sequence
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.situation_schema import markers_of, without_markers
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import GUIDANCE, cite_markers
from stemcheck.replies.helplines import choose_numbers, list_numbers

ALARM_GROUP = "alarm"  # its replies are one human sentence each, said before a card


def describe_card(
    library: Library, card_id: str, *, country: str = "", region: str = "", language: str = ""
) -> dict[str, Any]:
    """Return a card as the chat API shows it: id, degree, title, action, and whom to call."""
    card = library.safety[card_id]
    words = card.languages.get(language, card)
    numbers = choose_numbers(library, card, country, region)
    shown = {"id": card.id, "degree": card.degree, "title": words.title, "action": words.action}
    return {**shown, "numbers": numbers}


def call_lines(shown: dict[str, Any]) -> str:
    """Return a card's action and numbers as text."""
    lines = list_numbers(shown["numbers"])
    return f"{shown['action']}\n{lines}" if lines else str(shown["action"])


def show_card(
    library: Library,
    card_id: str,
    state: DialogueState,
    *,
    situation: str = "",
    country: str = "",
    region: str = "",
    language: str = "",
    claims: Sequence[dict[str, Any]] = (),
) -> tuple[Answer, DialogueState]:
    """Return the card in the visitor's language, with the number of their region or the operator's country first.

    `situation` gives the sentence that takes up what was said. What was running ends; `claims` beside it are kept.
    """
    picker = WordingPicker(library, state)
    words = library.safety[card_id].languages.get(language, library.safety[card_id])
    said = ""
    if situation.startswith(f"{ALARM_GROUP}/") and not language:
        said = picker.pick(f"situation/{situation}", library.situations[situation].replies)
    cited = cite_markers(library, [marker for marker in markers_of(said) if marker.startswith(GUIDANCE)])
    shown = describe_card(library, card_id, country=country, region=region, language=language)
    text = paragraphs(without_markers(said), f"{words.title}. {words.text}", call_lines(shown))
    answer = Answer("safety", text, extra={"card": shown}, **cited)
    return answer, picker.remember(
        state,
        kind="safety",
        situations=(),
        facts=(),
        claims=(),
        offered=(),
        flow="",
        check={},
        card=card_id,
        card_age=0,
        judged=tuple(claims) or state.judged,
    )
