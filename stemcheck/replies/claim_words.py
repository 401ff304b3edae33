"""A claim in the words of a conversation: quoted without who said it, and followed by what our source makes of it."""

import re
from collections.abc import Sequence
from typing import Any

MAX_QUOTE_CHARS = 160  # a longer claim is quoted with an ellipsis
MIN_QUOTE_WORDS = 3
NEWER = "newer"
VERBS = (
    r"say|says|said|tells?|told|claims?|claimed|swears?|swore|believes?|thinks?|reckons?|promise|promises|promised|announced|"
    r"insists?|wrote|writes"
)
LISTENERS = r"me|us|him|her|them|(?:my|our|his|her) \w+"
SAID_BY = re.compile(
    rf"^(?:so|and|but|well)?,?\s*[\w'’,()\- ]{{0,70}}?\b(?:{VERBS})\b(?: to)?(?: (?:{LISTENERS}))?(?: on \w+)?(?: that)?[,:]? (?=\w)",
    re.IGNORECASE,
)
HEARD_OF = re.compile(r"^(?:so )?i(?:'ve|’ve| have)? (?:saw|seen|read|heard)\b[^.?!]{0,40}? that (?=\w)", re.IGNORECASE)
LEAD_INS = re.compile(r"^(?:so|and|but|that|well|because)\b,?\s+", re.IGNORECASE)
QUOTED = re.compile(r"[\"“]([^\"“”]+ [^\"“”]+)[\"”]")
QUOTES = "\"'“”‘’«»*_•- "


def quote(text: str) -> str:
    """Return the words of a claim in one line, cut between words where they are long."""
    flat = " ".join(text.split()).strip("\"'“”‘’")
    return flat if len(flat) <= MAX_QUOTE_CHARS else flat[:MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def spoken(text: str) -> str:
    """Return the words of a claim as they are quoted within a sentence: "My aunt says they cure MS." is "they cure MS"."""
    inner = QUOTED.search(text)
    flat = " ".join((inner[1] if inner else text).split()).strip(QUOTES)
    for frame in (SAID_BY, HEARD_OF, LEAD_INS):
        rest = frame.sub("", flat, count=1)
        flat = rest if len(rest.split()) >= MIN_QUOTE_WORDS else flat
    return quote(flat.replace("“", "").replace("”", "").replace('"', "").rstrip(".!?,;: "))


def list_claims(cards: Sequence[dict[str, Any]], *, is_brief: bool = False) -> list[str]:
    """Return a paragraph for each of several claims, numbered: its words, its verdict, and unless brief the reason."""
    places = [(card["start"], card["end"]) for card in cards]
    return [
        f"{number}. {_named(card, is_told=places[number - 1] in places[: number - 1])}{_reason(card, is_brief)}"
        for number, card in enumerate(cards, start=1)
    ]


def _named(card: dict[str, Any], *, is_told: bool) -> str:
    verdict = f"{card['verdict_label'][0].lower()}{card['verdict_label'][1:]}."
    # the same words a second time are named by what they claim
    return f"{card['label']}: {verdict}" if is_told else f"“{quote(card['text'])}” – {verdict}"


def _reason(card: dict[str, Any], is_brief: bool) -> str:
    # of what is newer the update says all there is to say
    return "" if is_brief or card["verdict"] == NEWER else f" {card['reason']}"
