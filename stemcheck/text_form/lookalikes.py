"""Words written with letters of other scripts that look Latin ("сurе", "ᑕᑌᖇE"), in Latin letters.

Real words of other languages stay: a word is only rewritten when each of its letters looks Latin, and when it mixes scripts or stands
in a text that is Latin all around.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from string import ascii_lowercase

import yaml

from stemcheck.settings import load_settings
from stemcheck.text_form.mapped_text import Edit, MappedText

WORD = re.compile(r"[^\s\x00-\x26\x28-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e“”‘’…–—•·]+")
FILE = "lexicon/decorated-alphabets.yml"
MIN_CHARS = 2  # "α" alone is a Greek letter, as in TNF-α
LATIN_SHARE = 0.8  # of a text's words, from which a word wholly in another script is decoration


def fold_lookalikes(form: MappedText) -> MappedText:
    """Return the text with words in look-alike letters rewritten, one letter for one."""
    if form.text.isascii():
        return form
    words = list(WORD.finditer(form.text))
    readable = [_as_latin(word.group()) for word in words]
    return form.replace(_rewritten(words, readable))


def _rewritten(words: Sequence["re.Match[str]"], readable: Sequence[str | None]) -> Iterator[Edit]:
    is_latin_text = sum(1 for latin in readable if latin is not None) >= LATIN_SHARE * len(words)
    for word, latin in zip(words, readable, strict=True):
        found = word.group()
        if latin is None or latin == found or len(found) < MIN_CHARS:
            continue
        if is_latin_text or _is_mixed(found):
            yield from (
                Edit(word.start() + place, word.start() + place + 1, new)
                for place, (old, new) in enumerate(zip(found, latin, strict=True))
                if old != new
            )


def _as_latin(word: str) -> str | None:
    """Return a word in Latin letters, or None where one of its letters does not look like any."""
    if word.isascii():
        return word
    letters = [latin_letter(letter) for letter in word]
    return None if "" in letters else "".join(letters)


def _is_mixed(word: str) -> bool:
    return len({_script(letter) for letter in word if not letter.isdigit()}) > 1


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    # a letter's name begins with its script: CYRILLIC SMALL LETTER ES
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]


@lru_cache(maxsize=4096)
def latin_letter(letter: str) -> str:
    """Return the Latin letter that one looks like (itself, if it is one), or nothing."""
    if letter.isascii():
        return letter
    if unicodedata.normalize("NFKD", letter)[0].isascii():
        return letter  # "é" is read as it is
    if letter in _decorated():
        return _decorated()[letter]
    for lookalike in _confusables().get(letter, ()):
        other = str(lookalike["c"])
        if len(other) == 1 and other.isascii() and other.isalpha():
            return other
    return letter if "LATIN" in unicodedata.name(letter, "") else ""


def read_alphabets() -> list[str]:
    """Return the alphabets of data/lexicon, each of 26 letters in the order of a to z."""
    path = load_settings().data_folder / FILE
    return list(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["alphabets"])


@lru_cache(maxsize=1)
def _decorated() -> dict[str, str]:
    """Return the plain letter of each decorated one; of two meanings the first counts."""
    table: dict[str, str] = {}
    for alphabet in read_alphabets():
        for letter, plain in zip(alphabet, ascii_lowercase, strict=True):
            table.setdefault(unicodedata.normalize("NFKC", letter), plain)
    return table


@lru_cache(maxsize=1)
def _confusables() -> dict[str, list[dict[str, str]]]:
    # Unicode's table (UTS 39), which takes a moment to load and which few texts need
    from confusable_homoglyphs import confusables

    return confusables.confusables_data  # type: ignore[no-any-return]
