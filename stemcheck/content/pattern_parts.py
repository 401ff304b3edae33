"""A regular expression taken apart where it looks around: RE2, which reads in linear time, knows no such places.

`die(?! laughing)` becomes the part `die` and a look ahead. A choice that looks around in one of its branches becomes
several sequences of parts. What cannot be taken apart, or could be read for ever, is refused.
"""

import re
import sre_constants as sre
import sre_parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Items = Any  # of sre_parse: pairs of a kind and what belongs to it

LOOKS = (sre.ASSERT, sre.ASSERT_NOT)
ONE_LETTER = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
}
PLACES = {sre.AT_BEGINNING: "^", sre.AT_END: "$", sre.AT_BOUNDARY: r"\b", sre.AT_NON_BOUNDARY: r"\B"}


class PatternRefused(ValueError):
    """A pattern cannot be read in time that grows with the text and no faster; `remedy` says what to write instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(problem)


@dataclass(frozen=True)
class Look:
    """What must stand, or must not, before or after a place; ahead it may begin within a `run` of letters."""

    is_behind: bool
    is_wanted: bool
    width: int  # characters; only behind, where it is fixed
    run: str  # such as `.{0,150}`, or nothing
    sequences: tuple["Sequence", ...]


Sequence = tuple["str | Look", ...]


def take_apart(pattern: str) -> tuple[Sequence, ...]:
    """Return the sequences of which a pattern means any, the first one first. Raises PatternRefused."""
    try:
        return _sequences(sre_parse.parse(pattern))
    except re.error as error:
        raise PatternRefused(f"this is no regular expression: {error}", "Correct the regular expression") from None


def _sequences(items: Items) -> tuple[Sequence, ...]:
    found: list[Sequence] = [()]
    for kind, value in items:
        ways = _ways(kind, value)
        found = [(*before, *way) for before in found for way in ways]
    return tuple(_join(sequence) for sequence in found)


def _ways(kind: Any, value: Any) -> tuple[Sequence, ...]:
    if kind in LOOKS:
        return ((_look(value[0], value[1], kind is sre.ASSERT),),)
    if not _looks_around(kind, value):
        return ((_text(kind, value),),)
    if kind is sre.SUBPATTERN:
        return _sequences(value[3])
    if kind is sre.BRANCH:
        return tuple(_branches(value[1]))
    if value[:2] == (0, 1):
        return (*_sequences(value[2]), ("",))
    raise PatternRefused("it looks around within a repeat", "Look around once, before or after the repeat")


def _branches(branches: Iterable[Items]) -> Iterator[Sequence]:
    """Yield the sequences of a choice in its order; neighbours that do not look around stay together."""
    for looking, group in groupby(branches, lambda branch: any(_looks_around(*item) for item in branch)):
        if looking:
            yield from (sequence for branch in group for sequence in _sequences(branch))
        else:
            yield (_choice(group),)


def _looks_around(kind: Any, value: Any) -> bool:
    return kind in LOOKS or any(_looks_around(*item) for item in _inner(kind, value))


def _inner(kind: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what stands within an item."""
    if kind is sre.BRANCH:
        yield from (item for branch in value[1] for item in branch)
    elif kind is sre.SUBPATTERN:
        yield from value[3]
    elif kind in REPEATS:
        yield from value[2]


def _look(direction: int, items: Any, is_wanted: bool) -> Look:
    inner, run = list(items), ""
    if direction > 0 and inner and _is_run(*inner[0]):
        run = _text(*inner.pop(0))
    return Look(direction < 0, is_wanted, items.getwidth()[1], run, _sequences(inner))


def _is_run(kind: Any, value: Any) -> bool:
    return kind in REPEATS and [item[0] in ONE_LETTER for item in value[2]] == [True]


def _text(kind: Any, value: Any) -> str:
    """Return an item that does not look around as RE2 wants it."""
    if kind in (sre.LITERAL, sre.NOT_LITERAL):
        return _letter(value) if kind is sre.LITERAL else f"[^{_letter(value)}]"
    if kind is sre.ANY:
        return "."
    if kind is sre.AT and value in PLACES:
        return PLACES[value]
    if kind is sre.IN:
        return f"[{''.join(_member(*member) for member in value)}]"
    if kind is sre.BRANCH:
        return _choice(value[1])
    if kind is sre.SUBPATTERN:
        return _choice([value[3]])
    if kind in REPEATS:
        return _repeat(kind, *value)
    raise PatternRefused(f"it holds {str(kind).lower()}, which has to be read again and again", "Write it without")


def _choice(branches: Iterable[Items]) -> str:
    return f"(?:{'|'.join(''.join(_text(*item) for item in branch) for branch in branches)})"


def _repeat(kind: Any, least: int, most: Any, items: Items) -> str:
    repeated = _choice([items])
    if most == sre.MAXREPEAT:
        # a word has an end, since it is cut when it is too long; what goes on over a blank has none
        if [item[0] in ONE_LETTER for item in items] != [True] or re.fullmatch(repeated, " "):
            raise PatternRefused("a repeat that can go on from word to word has no end", "Give it one: {0,8} for *")
        most = ""
    return f"{repeated}{{{least},{most}}}{'?' if kind is sre.MIN_REPEAT else ''}"


def _member(kind: Any, value: Any) -> str:
    if kind is sre.NEGATE:
        return "^"
    if kind is sre.RANGE:
        return f"{_letter(value[0])}-{_letter(value[1])}"
    return CATEGORIES[value] if kind is sre.CATEGORY else _letter(value)


def _letter(code: int) -> str:
    return re.escape(chr(code)) if code < 128 else f"\\x{{{code:x}}}"


def _join(sequence: Sequence) -> Sequence:
    """Return a sequence in which no two texts follow each other."""
    joined: list[str | Look] = []
    for part in sequence:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
