"""What a line of JSON may hold: a text of up to 8,000 characters that any store can keep."""

import re

MAX_CHARACTERS = 8000
# PostgreSQL cannot store NUL, and half of a surrogate pair is no character in UTF-8
NO_TEXT = re.compile("[\0\ud800-\udfff]")


class BadInput(ValueError):
    """An input that cannot be checked; the message says why in words."""


def check_characters(name: str, text: str) -> None:
    """Raise BadInput when `text` holds a character that is no text."""
    if NO_TEXT.search(text):
        raise BadInput(f"{name} holds a character that is no text (NUL, or half of a surrogate pair)")


def check_text(text: str) -> str:
    """Return the text. Raises BadInput when it is too long, or is no text."""
    if len(text) > MAX_CHARACTERS:
        raise BadInput(f"the text has {len(text):,} characters; {MAX_CHARACTERS:,} are the most")
    check_characters("the text", text)
    return text
