"""Tells the language of a text that somebody else wrote: a file, a page."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from stemcheck.content.library import Library
from stemcheck.reading.foreign_language import ForeignReader, load_language_reader


def load_language_teller(library: Library) -> Callable[[str], str]:
    """Return a function from a text to its ISO 639-1 code, "" for English; it loads what it needs when it is first called."""
    lock = Lock()  # two first calls at the same moment load one

    @lru_cache(maxsize=1)
    def load() -> ForeignReader:
        return load_language_reader(library)

    def tell(text: str) -> str:
        with lock:
            return load().detect(text)

    return tell
