"""Write a text as it is typed on a phone: short forms, letters that are lost, doubled, swapped or wrong.

In each pass over the examples some of them are learned from in such a spelling, so that a slip does not change what is read.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

FOLDER, FILE = "misspellings", "phone.yml"
SHARE_OF_WORDS = 0.15
SHORTENED = 0.5  # how often a word that has a short form takes it
SHORTEST = 4  # letters of a word in which a letter may slip
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Spellings = Mapping[str, Sequence[str]]


class MisspellingError(ValueError):
    """The file of spellings has another shape; the message names file, word and remedy."""


def read_spellings(data_folder: Path) -> dict[str, list[str]]:
    """Return what is typed instead of a word, by the word. Raises MisspellingError."""
    stored = yaml.load((data_folder / FOLDER / FILE).read_text(encoding="utf-8"), yaml.CSafeLoader)
    for word, typed in stored.items():
        if not isinstance(typed, list) or not all(isinstance(form, str) and form for form in typed):
            raise MisspellingError(
                f"data/{FOLDER}/{FILE}: {word}: must be a list of texts. Put each of them into the list, figures in quotes."
            )
    return dict(stored)


def misspell(text: str, spellings: Spellings, random: np.random.Generator) -> str:
    """Return the text with a slip or a short form in about one word of seven that can have one, at least in one."""
    pieces = _pieces(tuple(spellings)).split(text)
    words = [place for place, piece in enumerate(pieces) if len(piece) >= SHORTEST or piece.lower() in spellings]
    slips = random.permutation(words)[: max(1, int(len(words) * SHARE_OF_WORDS))]
    for place in slips:
        pieces[place] = _typed(pieces[place], spellings, random)
    return "".join(pieces)


def _typed(word: str, spellings: Spellings, random: np.random.Generator) -> str:
    forms = spellings.get(word.lower())
    if forms and random.random() < SHORTENED:
        return str(random.choice(list(forms)))
    return word if len(word) < SHORTEST else _slip(word, random)


def _slip(word: str, random: np.random.Generator) -> str:
    place, kind = int(random.integers(1, len(word) - 1)), int(random.integers(4))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    wrong = LETTERS[int(random.integers(len(LETTERS)))]
    changed = (after, letter * 2 + after, after[0] + letter + after[1:], wrong + after)
    return before + changed[kind]


@lru_cache(maxsize=4)
def _pieces(words: tuple[str, ...]) -> re.Pattern[str]:
    # phrases of two words come first, so that "stem cells" is one piece
    phrases = sorted((word for word in words if " " in word), key=len, reverse=True)
    return re.compile(
        "(" + "|".join([*(rf"\b{re.escape(phrase)}\b" for phrase in phrases), r"\s+"]) + ")", re.IGNORECASE
    )
