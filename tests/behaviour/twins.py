"""The claim sentences and their twins: written by hand in the YAML files, or made here from them (CheckList, Ribeiro et al. 2020)."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
BEFORE = "The weather has been kind to us this week, and the tulips are out."
AFTER = "Greetings to your family, and thank you for the parcel."
# Long enough that the text is read sentence by sentence, and about nothing that is checked.
TALK = (
    "Our town lies on a river, between two hills.",
    "The old bridge was built in 1904, and on Wednesdays there is a market beside it.",
    "Buses run until ten in the evening, so visitors need no car.",
    "The library has a reading room with a view of the water.",
)


@dataclass(frozen=True)
class Sentence:
    """A claim of one type and what was written beside it."""

    type: str
    claim: str
    denied: str
    hedged: str
    passive: str
    elsewhere: str


@dataclass(frozen=True)
class Twin:
    """A changed text, the one it was made from, and whether the claim must be found in both or in neither."""

    type: str
    original: str
    text: str
    is_claim: bool


def load_sentences() -> list[Sentence]:
    """Return all sentences, in the order of the files."""
    files = sorted(FOLDER.glob("claims-*.yml"))
    return [Sentence(**row) for path in files for row in yaml.safe_load(path.read_text("utf-8"))["sentences"]]


def by_hand(key: str) -> Callable[[Sentence], Iterator[Twin]]:
    """Return the maker of twins that are claims still, written under `key`."""

    def make(sentence: Sentence) -> Iterator[Twin]:
        yield Twin(sentence.type, sentence.claim, getattr(sentence, key), True)

    return make


def by_machine(change: Callable[[str], Iterator[str]]) -> Callable[[Sentence], Iterator[Twin]]:
    """Return the maker of twins of the claim, which stays one, and of its denial, which stays none."""

    def make(sentence: Sentence) -> Iterator[Twin]:
        for original, is_claim in ((sentence.claim, True), (sentence.denied, False)):
            for text in change(original):
                yield Twin(sentence.type, original, text, is_claim)

    return make


def misspell(text: str) -> Iterator[str]:
    """Yield the text with two neighbours swapped in its longest word, and a letter missing from the next longest."""
    chance = random.Random(text)
    words = text.split(" ")
    longest, second = sorted(range(len(words)), key=lambda index: -len(words[index]))[:2]
    place = chance.randrange(1, len(words[longest]) - 2)
    word = words[longest]
    words[longest] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    place = chance.randrange(1, len(words[second]) - 1)
    words[second] = words[second][:place] + words[second][place + 1 :]
    yield " ".join(words)


def change_case(text: str) -> Iterator[str]:
    """Yield the text shouted, and without any capital."""
    yield from (text.upper(), text.lower())


def add_irrelevant(text: str) -> Iterator[str]:
    """Yield the text with a sentence about nothing before it, and after it."""
    yield from (f"{BEFORE} {text}", f"{text} {AFTER}")


def move(text: str) -> Iterator[str]:
    """Yield a longer text with this one at its start, in its middle and at its end."""
    for place in (0, 2, len(TALK)):
        yield " ".join([*TALK[:place], text, *TALK[place:]])


INVARIANT = {
    "typos": by_machine(misspell),
    "capitals": by_machine(change_case),
    "other people and places": by_hand("elsewhere"),
    "irrelevant sentence added": by_machine(add_irrelevant),
    "claim moved in the text": by_machine(move),
    "passive voice": by_hand("passive"),
}
