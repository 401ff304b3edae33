"""The safety card of a message when nobody else can answer it: by the plain rule alone, whatever is down, hangs or is full."""

from functools import partial
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.safety_rule import build_safety_rule
from stemcheck.conversation.state import DialogueState
from stemcheck.replies.safety_card import show_card
from stemcheck.web.bounded_calls import BoundedCalls

THREADS = 2  # that nothing else can take up; the rule reads the longest message in less than 0.1 s


class Alarm:
    """Finds cards beside the event loop, which other visitors wait for."""

    def __init__(self, library: Library, country: str) -> None:
        self._library = library
        self._country = country
        self._rule = build_safety_rule(library.safety)
        self._calls = BoundedCalls(THREADS, "alarm")

    async def find(self, text: str, region: str) -> dict[str, Any] | None:
        """Return the card that a message calls for, as a message of the chat API still without id; None for most."""
        found = await self._calls.run(partial(self._rule.find_in_any, text))
        if found is None:
            return None
        card, language = found
        shown, _ = show_card(
            self._library, card.id, DialogueState(), country=self._country, region=region, language=language
        )
        return shown.as_message()

    def close(self) -> None:
        """End the threads."""
        self._calls.close()
