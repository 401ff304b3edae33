"""The words of a sentence that make each of its claims: "it's FDA approved and 9 in 10 get better" holds two of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from stemcheck.content.library import Library

DIVIDER = re.compile(r",?\s+(?:and|but|plus|while|as well as)\s+(?:that\s+|also\s+)?|[,;:]\s+|\s[-–—]\s", re.IGNORECASE)
LINE_BREAK = re.compile(r"\s*\n+\s*|\s+•\s*")
SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+")
MAX_CHARS = 160  # of longer words the one sentence that makes the claim is quoted
MIN_WORDS = 2
Place = tuple[int, int]


def narrow_quotes(library: Library, cards: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cards, those that share their words with another one cut to their own; in the same order.

    A piece belongs to the kind of claim whose usual words it holds (data/guidance/claim-subjects.yml); the piece that is left
    over to the kind that is. Where that does not tell, all of the words stay.
    """
    shared: dict[Place, list[dict[str, Any]]] = {}
    for card in cards:
        shared.setdefault((card["start"], card["end"]), []).append(card)
    own = {
        (place, kind): piece
        for place, group in shared.items()
        if len({card["type"] for card in group}) > 1
        for kind, piece in _share_out(library, group).items()
    }
    cut = [_cut(card, own.get(((card["start"], card["end"]), card["type"]))) for card in cards]
    return [_cut(card, _clean_place(library, card)) for card in cut]


def _clean_place(library: Library, card: dict[str, Any]) -> Place | None:
    """Return the one line of a claim that makes it, without half a bracket; of a long one the sentence. Nothing where all is clean."""
    text = card["text"]
    place = _line(library, card["type"], text, LINE_BREAK)
    if place[1] - place[0] > MAX_CHARS:
        start, end = _line(library, card["type"], text[slice(*place)], SENTENCE_BREAK)
        place = (place[0] + start, place[0] + end)
    words = text[slice(*place)]
    closed = words.find(")") + 1 if ")" in words and "(" not in words[: words.find(")")] else 0
    start = place[0] + closed + len(words[closed:]) - len(words[closed:].lstrip(" \t\n•*-–"))
    return (start, place[1]) if (start, place[1]) != (0, len(text)) and start < place[1] else None


def _line(library: Library, kind: str, text: str, divider: re.Pattern[str]) -> Place:
    """Return the place of the piece that names the kind of claim; where none or several do, of the first or the whole."""
    breaks = list(divider.finditer(text))
    places = zip([0, *(one.end() for one in breaks)], [*(one.start() for one in breaks), len(text)], strict=True)
    named = [place for place in places if _names(library, kind, text[slice(*place)])]
    return named[0] if named else (0, len(text))


def _share_out(library: Library, group: Sequence[dict[str, Any]]) -> Mapping[str, Place]:
    text, kinds = group[0]["text"], list(dict.fromkeys(card["type"] for card in group))
    pieces = _pieces(text)
    found = {kind: [piece for piece in pieces if _names(library, kind, text[slice(*piece)])] for kind in kinds}
    sure = {kind: named[0] for kind, named in found.items() if len(named) == 1}
    left_kinds = [kind for kind in kinds if kind not in sure]
    left_pieces = [piece for piece in pieces if piece not in sure.values()]
    if len(left_kinds) == len(left_pieces) == 1:
        sure[left_kinds[0]] = left_pieces[0]
    return sure


def _pieces(text: str) -> list[Place]:
    breaks = list(DIVIDER.finditer(text))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if len(text[start:end].split()) >= MIN_WORDS]


def _names(library: Library, kind: str, piece: str) -> bool:
    subject = library.claim_subjects.get(kind)
    said = piece.lower().replace("’", "'")
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in (subject.words if subject else ()))


def _cut(card: dict[str, Any], piece: Place | None) -> dict[str, Any]:
    if piece is None:
        return card
    start, end = piece
    return {**card, "text": card["text"][start:end], "start": card["start"] + start, "end": card["start"] + end}
