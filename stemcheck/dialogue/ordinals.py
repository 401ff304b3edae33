"""Which one of a list is meant: "the second one?", "and the third", "point 2", "the last sentence"."""

import re
from collections.abc import Sequence
from typing import TypeVar

WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SHORT = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th")
NUMBERS = "|".join(COUNTED)
NAMES = "|".join((*WORDS, *SHORT, "last", "final"))
THINGS = "ones?|claims?|points?|things?|lines?|sentences?|bits?|parts?|statements?|promises?|items?|bullets?|abilit(?:y|ies)|skills?"
OPENING = r"(?:(?:and|so|ok|okay|then|now|just|well|what about|how about|what of|tell me|the|about|on|to)[ ,]+)*"
# "the second one"; a bare "and the second?"; "point 2", "no. 2"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<name>{NAMES})\s+(?:{THINGS})\b",
        rf"^{OPENING}(?P<name>{NAMES})\W*$",
        rf"\b(?:number|no\.?|point|claim|item|line|#)\s*(?P<number>10|[1-9]|{NUMBERS})\b",
        rf"^{OPENING}(?P<number>10|[1-9])\W*$",
    )
)
ANY_PLACE = re.compile(
    rf"\b(?P<name>{'|'.join((*WORDS, *SHORT))})\b|\b(?:number|no\.?|point|claim|#)\s*(?P<number>10|[1-9]|{NUMBERS})\b",
    re.IGNORECASE,
)
OTHER = re.compile(rf"\bthe other\s+(?:{THINGS})\b|^{OPENING}other\W*$", re.IGNORECASE)

Item = TypeVar("Item")


def pick(text: str, items: Sequence[Item], told: Sequence[Item] = ()) -> Item | None:
    """Return the item of a list that a message points at; None when it points at none, or at one that is not there.

    "The other one" is the one of two that was not told yet.
    """
    place = place_of(text)
    if place is not None:
        return items[place] if -1 <= place < len(items) and items else None
    left = [item for item in items if item not in told]
    return left[0] if OTHER.search(text) and len(items) == 2 and len(left) == 1 else None


def places_of(text: str) -> list[int]:
    """Return all places that a message names, counted from 0, in its order: "is the first worse than number 3?"."""
    found = ANY_PLACE.finditer(text)
    return list(dict.fromkeys(_place(match) for match in found))


def place_of(text: str) -> int | None:
    """Return the place that a message names, counted from 0, -1 for the last one; None when it names none."""
    match = next((found for pattern in PATTERNS if (found := pattern.search(text.strip()))), None)
    if match is None:
        return None
    return _place(match)


def _place(match: re.Match[str]) -> int:
    named = match.groupdict()
    number = str(named.get("number") or "").lower()
    if number:
        return COUNTED.index(number) if number in COUNTED else int(number) - 1
    name = str(named["name"]).lower()
    if name in ("last", "final"):
        return -1
    return WORDS.index(name) if name in WORDS else SHORT.index(name)
