"""Whether a claim is about stem cells for MS, by the words near it: other treatments, other illnesses, animals, creams.

The network has read the piece and knows most of it; the words weigh in where it is in doubt, and tell a reviewer why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.phrases import PhraseFinder
from stemcheck.settings import load_settings

Group = Literal["stem-cells", "ms", "other-treatment", "other-illness", "other-use"]
FILE = "treatment-words.yml"
# each other thing counts only where the word of ours beside it is missing
INSTEAD_OF = {"other-treatment": "stem-cells", "other-illness": "ms", "other-use": "ms"}
# these claims name other treatments or other illnesses by their nature: drugs to leave, illnesses cured as well, dangers denied
NAMED_IN = {
    "other-treatment": frozenset({"stop-medication", "superiority", "pressure"}),
    "other-illness": frozenset({"cure-all", "no-risk"}),
    "other-use": frozenset({"cure-all", "no-risk"}),
}
# A claim with this or less probability is not confirmed when it is about something else; a surer one keeps the word as a note.
DOUBTFUL = 0.5
NEAR = 200  # characters before and after a claim's piece in which a word of ours still makes the claim ours


@dataclass(frozen=True)
class TreatmentWord:
    """A word of a group, and where it stands in the text."""

    group: str  # a Group
    text: str
    start: int
    end: int


class TreatmentWordsError(ValueError):
    """The file of words is wrong; the message names file, key and remedy."""


class TreatmentMatcher:
    """Matches the words of data/treatment-words.yml, whatever their case."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._finder = PhraseFinder(words)

    def find(self, text: str) -> list[TreatmentWord]:
        """Return the words in order of appearance; of those that overlap the longest."""
        found = self._finder.find(text)
        from spacy.util import filter_spans

        return [TreatmentWord(span.label_, span.text, span.start_char, span.end_char) for span in filter_spans(found)]


def judge_treatment(claim: FoundClaim, words: Sequence[TreatmentWord], start: int, end: int) -> FoundClaim:
    """Return the claim with the word that makes it one about something else, if there is one; in doubt it is not confirmed.

    `start` and `end` are the places of the claim's piece in the text, and the words those of the whole text.
    """
    other = find_other(claim.type, words, start, end)
    if not other:
        return claim
    return replace(claim, about=other, is_confirmed=claim.is_confirmed and claim.probability > DOUBTFUL)


def find_other(kind: str, words: Sequence[TreatmentWord], start: int, end: int) -> str:
    """Return the group and the word that a claim of this kind is about instead of stem cells for MS, or nothing.

    A word in the piece counts first; without any, those of the whole text do. A word of ours near the piece outweighs it.
    """
    inside = [word for word in words if start <= word.start < end]
    near = {word.group for word in words if start - NEAR <= word.start < end + NEAR}
    for word in inside or words:
        own = INSTEAD_OF.get(word.group)
        if own and own not in near and kind not in NAMED_IN[word.group]:
            return f"{word.group}: {word.text}"
    return ""


def read_treatment_words(path: Path) -> dict[str, list[str]]:
    """Return the words by group. Raises TreatmentWordsError when the file has another shape."""
    stored: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("treatment_words")
    if not isinstance(stored, dict) or set(stored) != set(get_args(Group)):
        raise TreatmentWordsError(f"data/{FILE}: the groups must be {', '.join(get_args(Group))}. Correct the file.")
    for group, words in stored.items():
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise TreatmentWordsError(f"data/{FILE}: {group}: every word must be a text. Put it in quotes.")
    return stored


@lru_cache(maxsize=1)
def load_treatment_words() -> TreatmentMatcher:
    """Return the one matcher of this process. Raises TreatmentWordsError when the file is wrong."""
    return TreatmentMatcher(read_treatment_words(load_settings().data_folder / FILE))
