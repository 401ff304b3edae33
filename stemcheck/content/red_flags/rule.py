"""The plain rule that finds red flags in a text, in time that grows with the text and no faster."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from stemcheck.content.linear_pattern import has_sign
from stemcheck.content.plain_text import as_letters, make_plain
from stemcheck.content.red_flags.pieces import TextPiece, read_pieces
from stemcheck.content.red_flags.schema import RedFlag

GOES_ON = re.compile(r"(?:that|this|it|these|those|they)\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundRedFlag:
    """A red flag and the sentence or bullet that is one: `text` is the original text from `start` to `end`, in code points."""

    flag: RedFlag
    start: int
    end: int
    text: str


def find_red_flags(red_flags: Mapping[str, RedFlag], text: str) -> list[FoundRedFlag]:
    """Return the red flags of a text in order of appearance, each once. Who warns of one, or asks about it, has none."""
    letters = plain_letters(text)
    likely = [flag for flag in red_flags.values() if has_sign(letters, flag.patterns, ())]
    pieces = list(read_pieces(text)) if likely else []
    found = [_first(flag, pieces) for flag in likely]
    return sorted((one for one in found if one), key=lambda one: (one.start, one.flag.id))


def plain_letters(text: str) -> bytes:
    """Return a text as the patterns of data/ read it."""
    return as_letters(make_plain(text))


def _first(flag: RedFlag, pieces: Sequence[TextPiece]) -> FoundRedFlag | None:
    for piece in _with_what_follows(pieces):
        letters = plain_letters(piece.text)
        asks = piece.is_question and not flag.in_questions
        if not asks and has_sign(letters, flag.patterns, flag.harmless) and not _warns(flag, piece, letters):
            return FoundRedFlag(flag, piece.start, piece.end, piece.text)
    return None


def _with_what_follows(pieces: Sequence[TextPiece]) -> Iterator[TextPiece]:
    """Yield each piece, then with the next one where that goes on about it: "You may feel weak. That is a good sign"."""
    for piece, after in zip_longest(pieces, pieces[1:]):
        yield piece
        if after and GOES_ON.match(after.text) and not piece.is_question:
            yield replace(piece, text=f"{piece.text} {after.text}", end=after.end)


def _warns(flag: RedFlag, piece: TextPiece, letters: bytes) -> bool:
    if has_sign(letters, flag.warned, ()):
        return True
    above = (_letters(piece.heading), _letters(piece.title))
    return any(has_sign(words, (*flag.warned, *flag.headings), ()) for words in above if words)


@lru_cache(maxsize=64)
def _letters(words: str) -> bytes:
    return plain_letters(words)
