"""The same text in other clothes: as it comes out of a letter, a chat, a web page or a decorated post. Its meaning stays."""

import html
import textwrap
from collections.abc import Callable, Mapping

WIDTH = 72
EVERY = 4  # letters between two that nobody sees
BOLD_UPPER, BOLD_LOWER = 0x1D5D4, 0x1D5EE  # mathematical sans-serif bold A and a
FULL_WIDTH = 0xFEE0  # from "!" to its wide form
ZERO_WIDTH_SPACE, SOFT_HYPHEN, NO_BREAK_SPACE = "\u200b", "\u00ad", "\u00a0"
CURLY = str.maketrans({"'": "’", '"': "”"})


def wrap(text: str) -> str:
    """Return the text with lines of at most WIDTH letters."""
    return "\n".join(textwrap.fill(line, WIDTH, break_long_words=False) for line in text.splitlines())


def quote(text: str) -> str:
    """Return the text as mail quotes it."""
    return "\n".join(f"> {line}".rstrip() for line in wrap(text).splitlines())


def escape(text: str) -> str:
    """Return the text with HTML's entities, as it stands in a page's source."""
    return html.escape(text).replace("&#x27;", "&#39;").replace(". ", ".&nbsp;")


def embolden(text: str) -> str:
    """Return the text in the bold letters of decorated posts, which are letters of their own."""
    return "".join(_bold(letter) for letter in text)


def widen(text: str) -> str:
    """Return the text in full-width letters."""
    return "".join(chr(ord(letter) + FULL_WIDTH) if "!" <= letter <= "~" else letter for letter in text)


def interleave(text: str, unseen: str) -> str:
    """Return the text with a letter that nobody sees inside its words."""
    pieces = [text[start : start + EVERY] for start in range(0, len(text), EVERY)]
    return unseen.join(pieces)


def stamp(text: str) -> str:
    """Return the text as exported from a chat, each line with time and name."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(f"[14/03/2026, 18:{place % 60:02d}] Anna: {line}" for place, line in enumerate(lines))


def _bold(letter: str) -> str:
    if "A" <= letter <= "Z":
        return chr(BOLD_UPPER + ord(letter) - ord("A"))
    return chr(BOLD_LOWER + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "wrapped at 72": wrap,
    "lines end in CRLF": lambda text: wrap(text).replace("\n", "\r\n"),
    "quoted as in mail": quote,
    "HTML entities": escape,
    "bold letters of posts": embolden,
    "full-width letters": widen,
    "zero-width spaces": lambda text: interleave(text, ZERO_WIDTH_SPACE),
    "soft hyphens": lambda text: interleave(text, SOFT_HYPHEN),
    "no-break spaces": lambda text: text.replace(" ", NO_BREAK_SPACE),
    "curly quotes": lambda text: text.translate(CURLY),
    "chat time stamps": stamp,
    "bold in Markdown": lambda text: "\n".join(f"**{line}**" if line.strip() else line for line in text.splitlines()),
    "double spaces": lambda text: text.replace(" ", "  "),
    "capitals": str.upper,
}
