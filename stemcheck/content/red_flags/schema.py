"""The shape of a red flag as it stands in data/red-flags, one file each."""

from collections.abc import Mapping
from typing import Any

from pydantic import root_validator

from stemcheck.content.schema import Content, Id, Label, Text
from stemcheck.content.schema_guidance import put_in


class RedFlag(Content):
    """One red flag: why it is one, the guidance behind that, what to ask, and the patterns that find it in a sentence.

    Patterns are tried on plain text and name one of the `words` in angle brackets, as those of a safety card do. What
    `harmless` matches is cut out first. `warned` and `headings` are of all red flags (data/lexicon/warning-voice.yml):
    a sentence with one of the first, or below a heading with one of either, warns of the red flag instead of being one.
    `in_questions` says that a question can be one too.
    """

    id: Id
    label: Label
    why: Text
    guidance: tuple[Id, ...]
    question: Id
    patterns: tuple[Text, ...]
    harmless: tuple[Text, ...] = ()
    words: Mapping[str, str] = {}
    in_questions: bool = False
    warned: tuple[Text, ...] = ()
    headings: tuple[Text, ...] = ()

    @root_validator(pre=True)
    def put_in_words(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the lists of words into the patterns that name them; a list may name those before it."""
        words: dict[str, str] = {}
        for name, pattern in (values.get("words") or {}).items():
            words[name] = put_in([pattern], words)[0] if words else str(pattern)
        filled = {key: put_in(values.get(key) or [], words) if words else values.get(key) or () for key in FILLED}
        return {**values, **filled}

    @root_validator(skip_on_failure=True)
    def rest_on_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a red flag that nobody stands behind, or that nothing can find."""
        for key in ("guidance", "patterns"):
            if not values[key]:
                raise ValueError(f'"{key}" must name at least one')
        return values


FILLED = ("patterns", "harmless")
