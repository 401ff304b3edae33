"""Split a text into sentences, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stemcheck.claims.english import load_english

BULLET = re.compile(r"^[\s\-–—•*·>»✓✔✅❌►▪◦|#+●○□☐‣]+")
# Bullets in a row on one line, of which the first begins it: "• better balance • less fatigue". A row of a table, or a list
# without such a beginning ("MS • stroke • autism"), is one sentence: its parts say nothing alone.
INLINE = re.compile(r"\s[•·✓✔✅❌►▪◦●]\s")
HAS_LETTER = re.compile(r"\w")


@dataclass(frozen=True)
class Sentence:
    """A sentence: `text` is the original text from `start` to `end`, counted in code points."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order, without surrounding blanks and bullets. A blank text has none."""
    found = []
    for span in load_english()(text).sents:
        for piece, place in _items(span.text, span.start_char):
            start = place + (len(match.group()) if (match := BULLET.match(piece)) else 0)
            end = place + len(piece.rstrip())
            if start < end and HAS_LETTER.search(text[start:end]):
                found.append(Sentence(text[start:end], start, end))
    return found


def _items(piece: str, place: int) -> Iterator[tuple[str, int]]:
    """Yield the items of a line with bullets inside, each with its place; most sentences are one item."""
    start = 0
    marks = INLINE.finditer(piece) if INLINE.match(f" {piece.lstrip()[:1]} ") else ()
    for match in marks:
        yield piece[start : match.start()], place + start
        start = match.start() + 1
    yield piece[start:], place + start
