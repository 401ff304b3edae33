"""Plain words that decide beside the network, from data/dialogue/words.yml: answers, steering, whose words are repeated."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, StrictStr

from stemcheck.content.reading import Reader

FILE = Path("dialogue") / "words.yml"
POLITE = re.compile(
    r"^(?:(?:ok|okay|oh|um|uh|er|sorry|well|please|pls|can you|could you|and)[ ,]+)+|[ ,]+(?:please|pls|plz|thanks|thank you)$"
)


class Words(BaseModel):
    """The lists of the file; each is described there."""

    question_openings: tuple[StrictStr, ...]
    own_team: tuple[StrictStr, ...]
    own_team_owners: tuple[StrictStr, ...]
    own_team_named: tuple[StrictStr, ...]
    says: tuple[StrictStr, ...]
    organisations: tuple[StrictStr, ...]
    clinics: tuple[StrictStr, ...]
    transplant: tuple[StrictStr, ...]
    team_stops: tuple[StrictStr, ...]
    answers: Mapping[str, tuple[StrictStr, ...]]
    steering: Mapping[str, tuple[StrictStr, ...]]
    back: tuple[StrictStr, ...]
    for_team: tuple[StrictStr, ...]
    again: Mapping[str, tuple[StrictStr, ...]]
    fillers: tuple[StrictStr, ...]
    requests: tuple[StrictStr, ...]
    truth_asked: tuple[StrictStr, ...]
    other_cells: tuple[StrictStr, ...]
    not_mesems_cells: tuple[StrictStr, ...]
    beside_claims: Mapping[str, tuple[StrictStr, ...]]

    class Config:
        """Unknown lists are an error."""

        extra = "forbid"
        frozen = True


@lru_cache(maxsize=2)
def load_words(data_folder: Path) -> Words:
    """Return the lists. Raises ContentError or ValidationError when the file is wrong."""
    return Words(**Reader(data_folder).read(data_folder / FILE))


def plain(text: str) -> str:
    """Return a text in small letters, with straight apostrophes, single blanks and nothing but words at both ends."""
    return " ".join(text.lower().replace("’", "'").split()).strip(" .,!?;:…-–—\"'()")


def bare(text: str) -> str:
    """Return a plain text without what politeness puts around a request: "ok, shorter please" is "shorter"."""
    return POLITE.sub("", POLITE.sub("", plain(text))).strip(" ,")


def named_alone(lists: Mapping[str, Iterable[str]], text: str) -> str:
    """Return the name of the list that holds the whole of a message; empty for none."""
    said = bare(text)
    return next((name for name, phrases in lists.items() if said in phrases), "")


def named_first(lists: Mapping[str, Iterable[str]], text: str) -> str:
    """Return the name of the list one of whose phrases a message begins with; the first list that fits counts."""
    said = plain(text)
    return next((name for name, phrases in lists.items() if opening(tuple(phrases)).match(said)), "")


def holds(phrases: tuple[str, ...], text: str) -> bool:
    """Return whether a text holds one of the phrases as whole words."""
    return bool(pattern(phrases).search(plain(text)))


@lru_cache(maxsize=64)
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words, the longest first."""
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases)})(?!\w)")


@lru_cache(maxsize=64)
def opening(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of the phrases at the beginning of a plain text."""
    return re.compile(rf"(?:{alternatives(phrases)})(?!\w)")


def alternatives(phrases: Iterable[str]) -> str:
    """Return the phrases as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
