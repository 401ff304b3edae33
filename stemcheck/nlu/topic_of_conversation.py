"""What the last answer of a conversation was about: the pipeline sees one message alone, so the channel hands it the topic."""

from functools import lru_cache

from stemcheck.content.library import Library, load_library
from stemcheck.settings import load_settings
from stemcheck.storage.conversations import remembered_facts
from stemcheck.storage.database import shared_engine


def topic_of(sender: str) -> str:
    """Return the title of the first fact of the last answer; nothing when there is none or the database cannot tell."""
    facts = remembered_facts(shared_engine(load_settings().database_url), sender)
    known = _library().facts
    return next((str(known[fact].title) for fact in facts if fact in known), "")


def title_of_intent(intent: str) -> str:
    """Return the title of the fact that an intent asks for; nothing when it asks for none."""
    fact = _library().facts.get(intent.removeprefix("ask_"))
    return str(fact.title) if fact and intent.startswith("ask_") else ""


@lru_cache(maxsize=1)
def _library() -> Library:
    return load_library(load_settings().data_folder)
