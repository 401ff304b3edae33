"""What a short message says of claims that were judged before: "and the relapses?", "is any of it true?"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stemcheck.claims.english import load_english
from stemcheck.content.schema_guidance import ClaimQuestion, SubjectWords


@dataclass(frozen=True)
class Subjects:
    """The claim types that a message names, in order of appearance, and what it asks about all claims (or nothing)."""

    types: tuple[str, ...] = ()
    question: str = ""


class SubjectMatcher:
    """Matches the words of data/guidance/claim-subjects.yml, whatever their case."""

    def __init__(self, subjects: Mapping[str, SubjectWords], questions: Mapping[str, ClaimQuestion]) -> None:
        self._english = load_english()  # before spaCy's own imports: it keeps TensorFlow out
        self._questions = questions
        self._subjects = self._matcher({item.id: item.words for item in subjects.values()})
        self._asked = self._matcher({item.id: item.words for item in questions.values()})

    def find(self, text: str) -> Subjects:
        """Return what a message names and asks. "And the relapses?" names halting."""
        doc = self._english.make_doc(text.replace("’", "'"))
        words = sum(1 for token in doc if not token.is_punct and not token.is_space)
        types = [doc.vocab.strings[match] for match, _, _ in sorted(self._subjects(doc), key=lambda found: found[1])]
        asked = [doc.vocab.strings[match] for match, _, _ in self._asked(doc)]
        fitting = [name for name in asked if words <= self._questions[name].most_words]
        return Subjects(tuple(dict.fromkeys(types)), fitting[0] if fitting else "")

    def _matcher(self, phrases: Mapping[str, tuple[str, ...]]) -> Any:
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._english.vocab, attr="LOWER")
        for name, words in phrases.items():
            matcher.add(name, [self._english.make_doc(phrase) for phrase in words])
        return matcher
