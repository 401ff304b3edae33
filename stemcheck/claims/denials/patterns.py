"""The wording of short denials: data/lexicon/denials.yml."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from stemcheck.settings import load_settings

FILE = "lexicon/denials.yml"
KINDS = frozenset(
    [
        "replies",
        "tails",
        "labels",
        "claims",
        "verdicts",
        "denied",
        "truths",
        "warned_lists",
        "agreements",
        "harms",
        "freed",
        "hopeless",
    ]
)
EDGES = " \t\n.!?…,;:()[]\"'“”‘*#|-–—❌✅•"
MAX_CHARS = 160  # of what is compared; a longer sentence is no short denial


class DenialsError(ValueError):
    """The file of denials is wrong; the message names file, key and remedy."""


class DenialPatterns:
    """The patterns by kind, whatever their case."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self._parts = {kind: re.compile("|".join(found), re.IGNORECASE) for kind, found in patterns.items()}
        self.tail = re.compile(
            rf"(?:\s[–—-]\s?|—|[(\[]|…|[\"”'\w]:\s|\.{{2,3}}|,\s)\s*(?:{'|'.join(patterns['tails'])})[)\].!?…\"”' ]*$",
            re.IGNORECASE,
        )

    def is_kind(self, kind: str, words: str) -> bool:
        """Return whether words are of a kind as a whole, without the signs around them."""
        plain = words.strip(EDGES).replace("’", "'")
        return bool(plain) and len(plain) <= MAX_CHARS and bool(self._parts[kind].fullmatch(plain))

    def holds(self, kind: str, words: str) -> bool:
        """Return whether something of a kind stands anywhere in some words."""
        return bool(self._parts[kind].search(words.replace("’", "'")))


def read_denials(path: Path) -> DenialPatterns:
    """Return the patterns of a file. Raises DenialsError when it has another shape, or one is no regular expression."""
    stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if not isinstance(stored, dict) or stored.keys() != KINDS:
        raise DenialsError(f"data/{FILE}: the keys must be {', '.join(sorted(KINDS))}. Correct the file.")
    for kind, patterns in stored.items():
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise DenialsError(f"data/{FILE}: {kind}: {pattern!r}: {error}. Correct the pattern.") from None
    return DenialPatterns(stored)


@lru_cache(maxsize=1)
def load_denials() -> DenialPatterns:
    """Return the patterns of this process. Raises DenialsError when the file is wrong."""
    return read_denials(load_settings().data_folder / FILE)
