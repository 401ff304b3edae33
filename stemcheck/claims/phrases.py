"""Find fixed phrases in a text, whatever their case."""

from collections.abc import Mapping, Sequence
from typing import Any

from stemcheck.claims.english import load_english


class PhraseFinder:
    """Matches phrases by the name of their list; makes its matcher anew when spaCy's pipeline was, as they share their words."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._phrases = phrases
        self._built = self._build()

    def find(self, text: str) -> list[Any]:
        """Return spaCy's spans, which overlap where phrases do; `label_` is the name of the list."""
        english, matcher = self._built
        if english is not load_english():
            # one assignment, for the web service finds in several threads
            self._built = english, matcher = self._build()
        return list(matcher(english.make_doc(text.replace("’", "'")), as_spans=True))

    def _build(self) -> tuple[Any, Any]:
        english = load_english()  # before spaCy's own imports: it keeps TensorFlow out
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(english.vocab, attr="LOWER")
        for name, phrases in self._phrases.items():
            matcher.add(name, [english.make_doc(phrase) for phrase in phrases])
        return english, matcher
