"""Name a person to talk to."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import utter_reply


class ActionHandOver(Action):
    """Name a person to talk to."""

    def name(self) -> str:  # noqa: D102
        return "action_hand_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reply."""
        return utter_reply(dispatcher, tracker)
