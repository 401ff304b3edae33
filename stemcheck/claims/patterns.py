"""Wording that is fixed enough for a pattern; data/claim-patterns.yml holds it."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from stemcheck.content.pattern_parts import PatternRefused, take_apart
from stemcheck.settings import load_settings

FILE = "claim-patterns.yml"
SENTENCE_END = re.compile(r"[.!?…\n]")
TURN = re.compile(r"\b(?:but|yet|until|unless|unlike|whereas|while|without)\b", re.IGNORECASE)
Patterns = dict[str, list[re.Pattern[str]]]


class PatternError(ValueError):
    """A pattern is no regular expression, or could be read for ever; the message names file, type and remedy."""


class ClaimPatterns:
    """The compiled patterns by claim type; the `firm` ones speak also where the network is silent, the `opposite` ones against it."""

    def __init__(self, patterns: Patterns, firm: Patterns | None = None, opposite: Patterns | None = None) -> None:
        self._patterns = patterns
        self._firm = firm or {}
        self._opposite = opposite or {}

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of a pattern of this claim type, or None."""
        return self.find_firm(kind, text) or _first_match(self._patterns.get(kind, ()), text)

    def find_firm(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of a firm pattern of this claim type, or None."""
        return _first_match(self._firm.get(kind, ()), text)

    def find_opposite(self, kind: str, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return wording in the sentence of the claim at `start` to `end` that says the opposite of its type, or None."""
        before = max((mark.end() for mark in SENTENCE_END.finditer(text, 0, start)), default=0)
        after = SENTENCE_END.search(text, end)
        sentence = text[before : after.start() if after else len(text)]
        return None if TURN.search(sentence) else _first_match(self._opposite.get(kind, ()), sentence)


def _first_match(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def read_patterns(path: Path) -> ClaimPatterns:
    """Return the patterns of a file. Raises PatternError."""
    stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return ClaimPatterns(*(_compile(stored.get(part) or {}) for part in ("patterns", "firm", "opposite")))


def _compile(stored: Mapping[str, Iterable[str]]) -> Patterns:
    compiled: Patterns = {}
    for kind, patterns in stored.items():
        try:
            compiled[kind] = [_read(pattern) for pattern in patterns]
        except PatternRefused as refused:
            raise PatternError(f"data/{FILE}: {kind}: {refused}. {refused.remedy}.") from None
    return compiled


def _read(pattern: str) -> re.Pattern[str]:
    take_apart(pattern)  # refuses what would be read again and again
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1)
def load_patterns() -> ClaimPatterns:
    """Return the patterns of this process. Raises PatternError."""
    return read_patterns(load_settings().data_folder / FILE)
