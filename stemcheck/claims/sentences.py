"""Split a text into sentences, each with its place."""

import re
from dataclasses import dataclass

from stemcheck.claims.english import load_english

BULLET = re.compile(r"^[\s\-–—•*·>»✓✔✅❌►▪◦|]+")
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
        piece = span.text
        start = span.start_char + (len(match.group()) if (match := BULLET.match(piece)) else 0)
        end = span.start_char + len(piece.rstrip())
        if start < end and HAS_LETTER.search(text[start:end]):
            found.append(Sentence(text[start:end], start, end))
    return found
