"""Answer a question or judge a claim."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import utter_reply


class ActionAnswerMessage(Action):
    """Answer a question or judge a claim."""

    def name(self) -> str:  # noqa: D102
        return "action_answer_message"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reply."""
        return utter_reply(dispatcher, tracker)
