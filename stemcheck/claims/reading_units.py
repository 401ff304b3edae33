"""What is read as one: as many neighbouring sentences as make a short text, and each of them by itself.

A sentence alone misses what its neighbours do to it ("… . That is a myth."); a dense piece hides one claim behind another.
So both are read, and the piece counts a little more. Measured in docs/decisions/0002.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stemcheck.claims.sentences import Sentence
from stemcheck.claims.span import split_clauses

LONGEST = 220  # characters of a piece
LONGEST_SENTENCE = 440  # characters; the network takes 128 tokens at once, some 550 characters of English
# Of a text of very many sentences only so many are read by themselves as well: each of them takes the network some
# milliseconds, and a visitor waits. All sentences are read in their piece.
MOST_ALONE = 200


@dataclass(frozen=True)
class Unit:
    """A piece of the text from `start` on, and its sentences if it has more than one."""

    text: str
    start: int
    sentences: tuple[Sentence, ...] = ()

    def texts(self) -> list[str]:
        """Return what the network reads: the piece, then its sentences."""
        return [self.text, *(sentence.text for sentence in self.sentences)]


def reading_units(text: str, sentences: Sequence[Sentence]) -> list[Unit]:
    """Return the pieces in order, which hold every letter of the text. A text without a letter has none."""
    pieces: list[list[Sentence]] = []
    for sentence in (part for whole in sentences for part in cut_sentence(whole)):
        if pieces and sentence.end - pieces[-1][0].start <= LONGEST:
            pieces[-1].append(sentence)
        else:
            pieces.append([sentence])
    return list(_spare(_unit(text, piece) for piece in pieces))


def cut_sentence(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the sentence, or its parts if it is too long: cut after a clause, else after a word, else anywhere."""
    text, start = sentence.text, sentence.start
    while len(text) > LONGEST_SENTENCE:
        end = _last_break(text[:LONGEST_SENTENCE])
        yield Sentence(text[:end].rstrip(), start, start + len(text[:end].rstrip()))
        rest = text[end:].lstrip()
        start, text = start + len(text) - len(rest), rest
    yield Sentence(text, start, start + len(text))


def _last_break(text: str) -> int:
    """Return where to cut a text: in its second half, so that no part becomes tiny."""
    after_clause = split_clauses(text)[-1][0]
    after_word = text.rfind(" ") + 1
    return next((place for place in (after_clause, after_word) if place > len(text) // 2), len(text))


def _unit(text: str, piece: list[Sentence]) -> Unit:
    start, end = piece[0].start, piece[-1].end
    return Unit(text[start:end], start, tuple(piece) if len(piece) > 1 else ())


def _spare(units: Iterator[Unit]) -> Iterator[Unit]:
    """Yield the units; those after the most sentences that are read by themselves are read as pieces alone."""
    alone = 0
    for unit in units:
        alone += len(unit.sentences)
        yield unit if alone <= MOST_ALONE else replace(unit, sentences=())
