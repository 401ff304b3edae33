"""How hard a text is to read: the Flesch-Kincaid grade, with hard words that we explain counted as easy."""

import re

SENTENCE_END = re.compile(r"[.!?]+(?:[\"')]*)(?=\s|$)")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?<![laeiouy])e$|(?<=[aeiouy])le$|[^tdi]ed$|(?<=[^sxzcgie])es$")
SILENT_INSIDE = re.compile(r"(?<=[^aeiouyt])e(?=(?:ment|ful|less|ly|thing|one|body|times?|lines?|fore)s?$)")
TWO_VOWELS = re.compile(
    r"(?<![ct])ia(?!ns?$)|io(?!n)|iu|(?<!p)eo(?!u)|ua(?!rd)|ying|[aeou]ing"
    r"|(?<=[^cst])ien|(?<=sc)ie|ie(?=t)|real(?=i)|(?<=c)reat|(?<=[dr])ea$"
)


def grade(text: str, terms: list[str]) -> float:
    """Return the school year in which a text can be read. Each term counts as one word of two syllables."""
    plain = replace_terms(text, terms)
    words = WORD.findall(plain)
    sentences = max(1, len([part for part in SENTENCE_END.split(plain) if WORD.search(part)]))
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def replace_terms(text: str, terms: list[str]) -> str:
    """Return the text with every explained term replaced by a word of two syllables."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", "termy", text, flags=re.IGNORECASE)


def count_syllables(word: str) -> int:
    """Return the syllables of a word, parts joined by a hyphen counted apart."""
    return sum(count_part(part) for part in re.split(r"[-’']", word.lower()) if part)


def count_part(part: str) -> int:
    """Return the vowel groups, less a silent ending, plus pairs of vowels that are spoken apart."""
    if part.isdigit():
        return 2
    groups = len(VOWELS.findall(part)) + len(TWO_VOWELS.findall(part))
    silent = bool(SILENT_END.search(part)) + bool(SILENT_INSIDE.search(part))
    return max(1, groups - silent)
