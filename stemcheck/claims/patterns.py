"""Wording that is fixed enough for a pattern; data/claim-patterns.yml holds it."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from stemcheck.settings import load_settings

FILE = "claim-patterns.yml"


class PatternError(ValueError):
    """A pattern is no regular expression; the message names file, type and remedy."""


class ClaimPatterns:
    """The compiled patterns by claim type."""

    def __init__(self, patterns: dict[str, list[re.Pattern[str]]]) -> None:
        self._patterns = patterns

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """Return the first match of a pattern of this claim type, or None."""
        matches = (pattern.search(text) for pattern in self._patterns.get(kind, ()))
        return next((match for match in matches if match), None)


def read_patterns(path: Path) -> ClaimPatterns:
    """Return the patterns of a file. Raises PatternError."""
    stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["patterns"]
    compiled: dict[str, list[re.Pattern[str]]] = {}
    for kind, patterns in stored.items():
        try:
            compiled[kind] = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
        except re.error as problem:
            raise PatternError(f"data/{FILE}: {kind}: {problem}. Correct the regular expression.") from None
    return ClaimPatterns(compiled)


@lru_cache(maxsize=1)
def load_patterns() -> ClaimPatterns:
    """Return the patterns of this process. Raises PatternError."""
    return read_patterns(load_settings().data_folder / FILE)
