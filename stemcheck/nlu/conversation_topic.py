"""What the last answer of a conversation was about: the pipeline sees one message alone, so the channel hands it the topic."""

from functools import lru_cache

from stemcheck.content.library import Library, load_library
from stemcheck.settings import load_settings
from stemcheck.storage.conversations import remembered_state
from stemcheck.storage.database import shared_engine


def topic_of(sender: str) -> str:
    """Return the title of the first situation of the last answer; nothing when there is none or the database cannot tell."""
    state = remembered_state(shared_engine(load_settings().database_url), sender)
    return title_of(state.get("situations") or ())


def title_of(situations: "tuple[str, ...] | list[str]") -> str:
    """Return the title of the first of these situations that exists."""
    known = _library().situations
    return next((str(known[name].title) for name in situations if name in known), "")


@lru_cache(maxsize=1)
def _library() -> Library:
    return load_library(load_settings().data_folder)
