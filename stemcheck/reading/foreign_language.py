"""Messages in another language than English: which one, and whether they call for a safety card.

Languages are told apart by lingua, which is made for short text; English is known by its words as well, since "ty" or "cost?"
look like anything. The words of the widget's languages are known from data/training/alarms.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from stemcheck.content.alarm_rows import read_alarm_rows
from stemcheck.content.library import Library
from stemcheck.model.foreign_alarms import ForeignAlarms

# ISO 639-1 codes that lingua calls otherwise
OTHER_CODES = {"nb": "no", "nn": "no"}
WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
MAX_ENGLISH_SHARE = (
    0.45  # of the words that people also write in English; with more of them a message counts as English
)
MIN_CONFIDENCE = 0.3  # of the likeliest other language
MAX_STRAY_SHARE = 0.34  # "will" is a word in many languages; with so few English words a message is not English
# a few words may be misspelled English ("wat nxt"): they must look more like another language, above all if no example holds them
MAX_SHORT_WORDS, MIN_SHORT_CHANCE, MIN_UNFAMILIAR_CHANCE = 4, 0.6, 0.95
MIN_WORDS = 2  # one unknown word alone is a name or a slip
LATIN = re.compile(r"[a-zA-Z]")
MIN_TEXTS = 3  # in which a word must occur to count as English
IN_OTHER_LANGUAGES = "bot/languages"  # the situation whose messages are partly in other languages


@dataclass(frozen=True)
class ForeignReader:
    """The detector, the words of English messages, what finds alarms, and the words of each language that has examples."""

    detector: Any
    english: frozenset[str]
    alarms: ForeignAlarms | None
    codes: frozenset[str]
    words: Mapping[str, frozenset[str]]

    def detect(self, text: str) -> str:
        """Return the ISO 639-1 code of the language, or nothing for English and for what cannot be told."""
        words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
        is_latin = bool(LATIN.search(text))
        if not words or (is_latin and len(words) < MIN_WORDS):
            return ""
        share = sum(1 for word in words if word in self.english) / len(words)
        if is_latin and share > MAX_ENGLISH_SHARE:
            return ""
        found = self.detector.compute_language_confidence_values(text)
        chances = {_code(item.language): item.value + self._familiar(_code(item.language), words) for item in found}
        others = {code: chance for code, chance in chances.items() if code in self.codes}
        best = max(others, key=lambda code: others[code], default="")
        if best and is_latin and len(words) <= MAX_SHORT_WORDS:
            bound = MIN_SHORT_CHANCE if self._familiar(best, words) else MIN_UNFAMILIAR_CHANCE
            return best if others[best] >= bound else ""
        return best if best and (others[best] >= MIN_CONFIDENCE or share <= MAX_STRAY_SHARE) else ""

    def _familiar(self, language: str, words: Sequence[str]) -> float:
        """Return the share of the words that the alarm examples of a language hold."""
        known = self.words.get(language, frozenset())
        return sum(1 for word in words if word in known) / len(words)

    def alarm(self, text: str, language: str) -> str:
        """Return the card that a message in this language calls for; nothing in a language that the cards do not know."""
        return self.alarms.card_of(text) if self.alarms and language in self.words else ""


def _code(language: Any) -> str:
    code = language.iso_code_639_1.name.lower()
    return str(OTHER_CODES.get(code, code))


def english_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that occur in three of the texts or more."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in {word.lower().replace("’", "'") for word in WORD.findall(text)}:
            counts[word] = counts.get(word, 0) + 1
    return frozenset(word for word, count in counts.items() if count >= MIN_TEXTS)


@lru_cache(maxsize=1)
def _detector(codes: tuple[str, ...]) -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    known = {item.name: item for item in (getattr(IsoCode639_1, name) for name in dir(IsoCode639_1) if name.isupper())}
    wanted = ["NB" if code == "no" else code.upper() for code in codes]
    chosen = [known[code] for code in ["EN", *wanted] if code in known]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*chosen).with_low_accuracy_mode().build()


def load_language_reader(library: Library) -> ForeignReader:
    """Return a reader that only tells languages apart, and knows of no alarms: for texts of others."""
    codes = tuple(sorted(library.languages))
    return ForeignReader(_detector(codes), _english_of(library), None, frozenset(codes), {})


def _english_of(library: Library) -> frozenset[str]:
    spoken = [item for item in library.situations.values() if item.id != IN_OTHER_LANGUAGES]
    return english_words(message.text for item in spoken for message in item.messages)


def load_foreign_reader(data_folder: Path, library: Library, alarms: ForeignAlarms) -> ForeignReader:
    """Return the reader for the languages of data/lexicon/languages.yml. Raises ContentError for a wrong file."""
    codes, english, words = tuple(sorted(library.languages)), _english_of(library), {}
    for language, rows in read_alarm_rows(data_folder).items():
        found = {word.lower() for row in rows for word in WORD.findall(row.text)}
        words[language] = frozenset(found - english)
    return ForeignReader(_detector(codes), english, alarms, frozenset(codes), words)
