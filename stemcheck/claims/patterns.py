"""Wording that is fixed enough for a pattern; data/claim-patterns.yml holds it."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from stemcheck.settings import load_settings

FILE = "claim-patterns.yml"
Patterns = dict[str, list[re.Pattern[str]]]


class PatternError(ValueError):
    """A pattern is no regular expression; the message names file, type and remedy."""


class ClaimPatterns:
    """The compiled patterns by claim type; the `firm` ones speak also where the network is silent."""

    def __init__(self, patterns: Patterns, firm: Patterns | None = None) -> None:
        self._patterns = patterns
        self._firm = firm or {}

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of a pattern of this claim type, or None."""
        return self.find_firm(kind, text) or _first_match(self._patterns.get(kind, ()), text)

    def find_firm(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of a firm pattern of this claim type, or None."""
        return _first_match(self._firm.get(kind, ()), text)


def _first_match(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def read_patterns(path: Path) -> ClaimPatterns:
    """Return the patterns of a file. Raises PatternError."""
    stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return ClaimPatterns(_compile(stored["patterns"]), _compile(stored.get("firm") or {}))


def _compile(stored: Mapping[str, Iterable[str]]) -> Patterns:
    compiled: Patterns = {}
    for kind, patterns in stored.items():
        try:
            compiled[kind] = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        except re.error as problem:
            raise PatternError(f"data/{FILE}: {kind}: {problem}. Correct the regular expression.") from None
    return compiled


@lru_cache(maxsize=1)
def load_patterns() -> ClaimPatterns:
    """Return the patterns of this process. Raises PatternError."""
    return read_patterns(load_settings().data_folder / FILE)
