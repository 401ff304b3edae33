"""Emoji: a word where one stands for it ("to 🚶 again", "my 🧠"), a mark where it denies ("❌ …"), a break where it only adorns."""

import re
from collections.abc import Iterator, Sequence

from stemcheck.text_form.chat_export import STAMP
from stemcheck.text_form.mapped_text import Edit, MappedText

CROSS = "❌"  # how every sign that crosses out or forbids is written, for the step that looks for denials
CROSSES = frozenset("❌❎✖✗✘🚫⛔🙅🛑👎☒")
PICTURE = re.compile(r"[\u203c-\u3299\U0001f000-\U0001faff]")
# the letters of flags, which also make words: "🇨 🇺 🇷 🇪"
FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff](?: ?[\U0001f1e6-\U0001f1ff]){2,}")
FIRST_FLAG_LETTER = 0x1F1E6
# after one of these a word must follow, and an emoji in its place is that word
WAITS_FOR_NOUN = re.compile(r"\b(?:a|an|the|my|your|our|their|his|her|no) ?$", re.IGNORECASE)
WAITS_FOR_WORD = re.compile(
    r"\b(?:a|an|the|my|your|our|their|his|her|no|not|to|can|will|with|without|of|for|and|or|i|we|gonna|wanna) ?$",
    re.IGNORECASE,
)
FORBIDS_VERB = re.compile(r"\b(?:do|does|did|is|are|can|will|would|should|could) ?$", re.IGNORECASE)
NAMED = {
    "❤": "love",
    "🧡": "love",
    "💜": "love",
    "💙": "love",
    "💀": "die",
    "☠": "die",
    "⚰": "die",
    "🪦": "die",
    "🔫": "shoot",
    "🚶": "walk",
    "🏃": "run",
    "♿": "wheelchair",
    "🦽": "wheelchair",
    "🦼": "wheelchair",
    "💉": "injection",
    "💊": "pills",
    "🩸": "blood",
    "🧬": "cells",
    "💰": "money",
    "💵": "money",
    "💸": "money",
    "💯": "100%",
    "🏥": "hospital",
    "🆓": "free",
    "👀": "eyes",
    "👁": "eye",
    "🦵": "leg",
    "✈": "flight",
}
MAX_LOOK_BACK_CHARS = 90  # a time stamp with a name
MAX_LOOK_AHEAD_CHARS = 4
BULLETS = frozenset("✅✔☑✓▶►➡➤➔👉🔹🔸⭐🌟✨💠🟢🔵⚫●○■□▪▫◆◇◼◻➕")


def read_emoji(form: MappedText) -> MappedText:
    """Return the text with emoji as words, marks or breaks. Signs that are no emoji stay."""
    if not PICTURE.search(form.text):
        return form
    letters = form.replace(_spelt(form.text))
    return letters.replace(_read(letters.text))


def _spelt(text: str) -> Iterator[Edit]:
    """Yield flag letters that make a word. Flags in a row stay: they come in pairs that are countries."""
    for match in FLAG_LETTERS.finditer(text):
        run = match.group()
        if " " in run or not _are_flags(run):
            yield from (
                Edit(match.start() + place, match.start() + place + 1, chr(ord("A") + ord(letter) - FIRST_FLAG_LETTER))
                for place, letter in enumerate(run)
                if letter != " "
            )


def _are_flags(run: str) -> bool:
    import emoji  # takes a moment, and few texts need it

    return len(run) % 2 == 0 and all(emoji.is_emoji(run[place : place + 2]) for place in range(0, len(run), 2))


def _read(text: str) -> Iterator[Edit]:
    import emoji

    for start, end, found in _runs(text, [(item["match_start"], item["match_end"]) for item in emoji.emoji_list(text)]):
        before = text[max(0, start - MAX_LOOK_BACK_CHARS) : start]
        meaning = _meaning(found, before, text[end : end + MAX_LOOK_AHEAD_CHARS])
        blanks = len(before) - len(before.rstrip(" ")) if meaning.startswith(".") else 0
        yield Edit(start - blanks, end, meaning)


def _runs(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield runs of emoji with nothing but blanks between them, and their places."""
    signs = [(match.start(), match.end()) for match in PICTURE.finditer(text) if match.group() in CROSSES | BULLETS]
    run: list[int] = []
    for start, end in sorted({*places, *signs}):
        if run and start < run[1]:
            continue
        if run and not text[run[1] : start].strip(" "):
            run[1] = end
        else:
            if run:
                yield run[0], run[1], text[run[0] : run[1]]
            run = [start, end]
    if run:
        yield run[0], run[1], text[run[0] : run[1]]


def _meaning(found: str, before: str, after: str) -> str:
    """Return what a run of emoji is read as, given what stands before and after it."""
    line = before.rpartition("\n")[2]
    is_first = not STAMP.sub("", line).strip(" \t>") and ("\n" in before or len(before) < MAX_LOOK_BACK_CHARS)
    if found[0] in CROSSES:
        return "not" if FORBIDS_VERB.search(line) else f"{CROSS} "
    if WAITS_FOR_WORD.search(line) and (found[0] in NAMED or WAITS_FOR_NOUN.search(line)):
        return f"{'' if line.endswith(' ') else ' '}{_name(found)}"
    if is_first:
        return "• "  # an adornment before a line is a bullet
    return ". " if line.rstrip()[-1:].isalnum() and _begins_anew(after) else " "


def _name(found: str) -> str:
    """Return the word for the first emoji of a run: ours, or the one that Unicode gives it."""
    import emoji

    if found[0] in NAMED:
        return NAMED[found[0]]
    first = emoji.emoji_list(found)
    name = emoji.demojize(str(first[0]["emoji"]), delimiters=("", "")) if first else ""
    return name.replace("_", " ") if name.isascii() else " "


def _begins_anew(after: str) -> bool:
    following = after.lstrip(" ")[:1]
    return following.isupper() or following.isdigit()
