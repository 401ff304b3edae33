"""Text made plain, so that the patterns of data/guidance need not spell out every form of it."""

import re
import unicodedata
from functools import lru_cache

from stemcheck.text_form.normalise import normalise_letters

MAX_PLAIN_CHARS = (
    8000  # one sign can stand for eighteen letters; a text longer than this from the start keeps its length
)
MAX_WORD_CHARS = 60  # a longer word is cut, so that a pattern's "any word" has an end
APOSTROPHES = re.compile(r"['‘’ʼ`´]")
# Arabic letters as capitals, which plain text has none of; those that are often written for one another share one
ARABIC_LETTERS = (
    *("اأإآٱ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذز", "ر", "س", "ش", "ص"),
    *("ضظ", "ط", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "هة", "وؤ", "يىئ"),
)
ARABIC = {
    letter: capital
    for letters, capital in zip(ARABIC_LETTERS, "ABTECHXDVRSWUZJGKFOYLMNIPQ", strict=True)
    for letter in letters
}
SEVERAL_LETTERS = {"ß": "ss", "œ": "oe", "æ": "ae"}
LETTER_RUN = re.compile(r"([a-z!?.])\1{2,}")
LONG_WORD = re.compile(rf"\S{{{MAX_WORD_CHARS}}}(?=\S)")


def make_plain(text: str) -> str:
    """Return a text in lower case, without apostrophes, drawn-out and decorated letters: "I 𝗰𝗮𝗻't!!!" -> "i cant!!"."""
    longest = max(len(text), MAX_PLAIN_CHARS)
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", normalise_letters(text))[:longest].lower())[:longest]
    return LETTER_RUN.sub(r"\1\1", " ".join(plain.split()))


def as_letters(plain: str) -> bytes:
    """Return a plain text with one byte a letter, as LinearPattern reads it: "café – 37°" -> "cafe ~ 37°"."""
    return LONG_WORD.sub(r"\g<0> ", fold(plain)).encode("latin-1")


def fold(text: str) -> str:
    """Return a text, or a pattern, with each letter as `as_letters` writes it: "morí" -> "mori"; Arabic in capitals."""
    return text if text.isascii() else "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    if letter.isascii() or letter == "°":
        return letter
    if letter in ARABIC or letter in SEVERAL_LETTERS:
        return ARABIC.get(letter) or SEVERAL_LETTERS[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    if base.isascii():
        return base
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return ""  # an accent or a mark without width, which is no end of a word
    return "x" if letter.isalnum() else "~"
