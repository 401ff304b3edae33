"""Greet, thank, say what the assistant is."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import utter_reply


class ActionMakeSmallTalk(Action):
    """Greet, thank, say what the assistant is."""

    def name(self) -> str:  # noqa: D102
        return "action_make_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reply."""
        return utter_reply(dispatcher, tracker)
