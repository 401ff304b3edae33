"""What all actions share: the content loaded once, the reply uttered, the memory kept."""

from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stemcheck.answers.memory import read_memory
from stemcheck.answers.respond import respond
from stemcheck.answers.understood import read_message
from stemcheck.content.library import Library, load_library
from stemcheck.settings import load_settings


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the content of this process. Raises ContentError when something in data/ is wrong."""
    return load_library(load_settings().data_folder)


def utter_reply(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Utter the reply to the latest message; return the event that keeps the memory."""
    memory = read_memory(tracker.get_slot("memory"))
    answer, remembered = respond(library(), load_settings(), read_message(tracker.latest_message), memory)
    for message in (answer, answer.following):
        if message:
            dispatcher.utter_message(text=message.text, json_message=message.as_message())
    return [SlotSet("memory", remembered.as_slot())]
