"""Say what is stored, erase it, give a copy."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import utter_reply


class ActionProtectPrivacy(Action):
    """Say what is stored, erase it, give a copy."""

    def name(self) -> str:  # noqa: D102
        return "action_protect_privacy"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reply."""
        return utter_reply(dispatcher, tracker)
