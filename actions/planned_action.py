"""What all actions share: the content loaded once, the move that the policy planned, the message uttered, the state kept."""

from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stemcheck.content.library import Library, load_library
from stemcheck.conversation.reading import read_message
from stemcheck.conversation.state import read_state
from stemcheck.dialogue.compose import compose
from stemcheck.settings import load_settings


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the content of this process. Raises ContentError when something in data/ is wrong."""
    return load_library(load_settings().data_folder)


class PlannedAction(Action):
    """Utters the message of the next move of the plan that is this action's. Raises LookupError when none is planned."""

    action_name = ""

    def name(self) -> str:
        """Return the name by which the policy calls the action."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the message; return the state to be kept, and the plan without this move."""
        plan = list(tracker.get_slot("plan") or [])
        move = next((item for item in plan if item["action"] == self.action_name and not item.get("done")), None)
        if move is None:
            raise LookupError(f"{self.action_name}: the plan holds no such move")
        answer, state = compose(
            self.action_name,
            move["rule"],
            move["args"],
            library=library(),
            settings=load_settings(),
            reading=read_message(tracker.latest_message),
            state=read_state(tracker.get_slot("dialogue_state")),
        )
        dispatcher.utter_message(text=answer.text, json_message=answer.as_message())
        left = [{**item, "done": True} if item is move else item for item in plan]
        return [SlotSet("dialogue_state", state.as_slot()), SlotSet("plan", left)]
