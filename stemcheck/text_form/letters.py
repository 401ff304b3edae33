"""Letters in plain form: those of decorated "fonts" and wide forms as plain ones, without what nobody sees."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex

from stemcheck.text_form.mapped_text import Edit, MappedText

# a letter with its accents, or one that is not plain already
CLUSTER = regex.compile(r"(?s)(?P<base>\P{M})(?P<marks>\p{M}+)|(?P<marks>\p{M}+)|(?P<base>[^\t\n\r\x20-\x7e])")
# names such as NEGATIVE SQUARED LATIN CAPITAL LETTER A: framed letters and small capitals, which NFKC keeps
FRAMED = re.compile(r"(?:NEGATIVE )?(?:SQUARED |CIRCLED )?LATIN (CAPITAL LETTER|LETTER SMALL CAPITAL) ([A-Z])")
# signs that people read as such; their plain form would run into the word before them, or is none
KEPT = frozenset("…‚„“”‘’–—«»´¨¸¯°·•‼⁉⁇⁈№℅¼½¾")
DROPPED = frozenset("™®©℠")
# Unicode calls these letters, spaces or marks, but nobody sees them: fillers of Hangul, an empty Braille cell
BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800\u034f\u180e")
UNSEEN_CATEGORIES = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
LINE_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
MAX_FOLDED_CHARS = 4
SOFT_HYPHENATION = re.compile(r"(?<=[a-z])\u00ad[ \t]*\r?\n[ \t]*(?=[a-z])")


def fold_letters(form: MappedText) -> MappedText:
    """Return the text in plain letters: "𝗰𝘂𝗿𝗲" and "ᴄᴜʀᴇ" as "cure", without zero-width letters and soft hyphens."""
    if form.text.isascii() and form.text.isprintable():
        return form
    hyphens = SOFT_HYPHENATION.finditer(form.text)
    joined = form.replace([Edit(match.start(), match.end(), "") for match in hyphens])
    return joined.replace(_folded(joined.text))


def _folded(text: str) -> Iterator[Edit]:
    for match in CLUSTER.finditer(text):
        base, marks = match["base"] or "", match["marks"] or ""
        plain = _with_marks(plain_letter(base) if base else "", marks)
        if _is_footnote(base, text[match.start() - 1 : match.start()]):
            plain = ""
        if plain != match.group():
            yield Edit(match.start(), match.end(), plain)


def _with_marks(plain: str, marks: str) -> str:
    """Return a letter with its accents: as one letter where there is one. Latin letters lose strokes and towers of marks."""
    seen = "".join(mark for mark in marks if plain_letter(mark))
    if not seen or not plain:
        return plain
    composed = unicodedata.normalize("NFC", plain + seen)
    if len(plain) == 1 and (plain.isascii() or "LATIN" in unicodedata.name(plain, "")):
        return composed[0]
    return composed  # Thai and Hindi vowels are marks


def _is_footnote(base: str, before: str) -> bool:
    # a raised figure behind a word points to a footnote: "cure¹" is "cure"
    is_raised = bool(base) and unicodedata.category(base) == "No" and "SUPERSCRIPT" in unicodedata.name(base, "")
    return is_raised and not before.isdigit()


@lru_cache(maxsize=8192)
def plain_letter(letter: str) -> str:
    """Return the plain form of one letter: itself, another one, up to four, or nothing for one that nobody sees."""
    if letter in LINE_BREAKS:
        return "\n"
    if letter in KEPT or letter in "\t\n\r" or (letter.isascii() and letter.isprintable()):
        return letter
    if letter in DROPPED or letter in BLANKS or "\ufe00" <= letter <= "\ufe0f":
        return ""
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    if category in UNSEEN_CATEGORIES:
        return ""
    return _compatible(letter)


def _compatible(letter: str) -> str:
    folded = unicodedata.normalize("NFKC", letter)
    if folded != letter:
        inner = folded.strip("()")  # "⒜" is a letter in brackets
        return inner if len(inner) == 1 else folded if len(folded) <= MAX_FOLDED_CHARS else letter
    framed = FRAMED.fullmatch(unicodedata.name(letter, ""))
    if not framed:
        return letter
    return framed[2] if framed[1].startswith("CAPITAL") else framed[2].lower()
