"""Show the safety card, and nothing else."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import utter_reply


class ActionShowSafetyCard(Action):
    """Show the safety card, and nothing else."""

    def name(self) -> str:  # noqa: D102
        return "action_show_safety_card"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reply."""
        return utter_reply(dispatcher, tracker)
