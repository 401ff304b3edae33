"""What is read as one: as many neighbouring sentences as make a short text, and each of them by itself.

A sentence alone misses what its neighbours do to it ("… . That is a myth."); a dense piece hides one claim behind another.
So both are read, and the piece counts a little more. Measured in docs/decisions/0002. A list is read with what leads it: "better
balance" is a claim under "What our cells give you".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stemcheck.claims.layout import Block, read_blocks
from stemcheck.claims.sentences import Sentence
from stemcheck.claims.span import split_clauses

LONGEST = 220  # characters of a piece
LONGEST_SENTENCE = 440  # characters; the network takes 128 tokens at once, some 550 characters of English
# Of a text of very many sentences only so many are read by themselves as well: each of them takes the network some
# milliseconds, and a visitor waits. All sentences are read in their piece.
MOST_ALONE = 200
LONGEST_LEAD = 90  # characters of a heading, or the end of a line with a colon


@dataclass(frozen=True)
class Unit:
    """A piece of the text from `start` on, and its sentences if it has more than one; `lead` is read before each of them."""

    text: str
    start: int
    sentences: tuple[Sentence, ...] = ()
    lead: str = ""

    def texts(self) -> list[str]:
        """Return what the network reads: the piece, then its sentences."""
        return [self.lead + text for text in (self.text, *(sentence.text for sentence in self.sentences))]


def reading_units(text: str, sentences: Sequence[Sentence]) -> list[Unit]:
    """Return the pieces in order, which hold every letter of the text. A text without a letter has none."""
    leads = Leads(read_blocks(text) if "\n" in text else [])
    pieces: list[list[Sentence]] = []
    for sentence in (part for whole in sentences for part in cut_sentence(whole)):
        if pieces and sentence.end - pieces[-1][0].start <= LONGEST:
            pieces[-1].append(sentence)
        else:
            pieces.append([sentence])
    return list(_spare(_unit(text, piece, leads.at(piece[0].start)) for piece in pieces))


class Leads:
    """What leads the lists of a text: a heading, or the end of a line with a colon."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._ends = [block.end for block in blocks]
        self._leads: list[str] = []
        lead = ""
        for block in blocks:
            is_led = block.is_item and not block.leads_list
            if not is_led:
                lead = f"{block.text.rstrip(': ')[-LONGEST_LEAD:]}: " if block.leads_list else ""
            self._leads.append(lead if is_led else "")

    def at(self, place: int) -> str:
        """Return what leads the item at a place, or nothing."""
        number = bisect_right(self._ends, place)
        return self._leads[number] if number < len(self._leads) else ""


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


def _unit(text: str, piece: list[Sentence], lead: str) -> Unit:
    start, end = piece[0].start, piece[-1].end
    return Unit(text[start:end], start, tuple(piece) if len(piece) > 1 else (), lead)


def _spare(units: Iterator[Unit]) -> Iterator[Unit]:
    """Yield the units; those after the most sentences that are read by themselves are read as pieces alone."""
    alone = 0
    for unit in units:
        alone += len(unit.sentences)
        yield unit if alone <= MOST_ALONE else replace(unit, sentences=())
