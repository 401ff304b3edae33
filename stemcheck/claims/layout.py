"""The lines of a text as what they are: headings, items of a list, rows of a table, prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

ITEM = re.compile(r"[ \t]*(?:[-–—•*·>»✓✔✅❌►▪◦▸‣○●□☐+]\s*|\(?(?:\d{1,2}|[a-h])[.)]\s+|\|\s*)+")
HEADING_MARK = re.compile(r"[ \t]*#{1,6}\s+")
LINE = re.compile(r"[^\n]+")
CELL = re.compile(r" \| ")
MAX_HEADING_CHARS = 90
MAX_HEADING_WORDS = 10
CLOSED = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")


@dataclass(frozen=True)
class Block:
    """A line without its bullet, and where it stands. `leads_list`: a heading, or a line with a colon, above items.

    `is_heading`: marked as one, or a short line without a full stop that has an empty line before it and text below it.
    """

    text: str
    start: int
    end: int
    is_item: bool = False
    leads_list: bool = False
    is_heading: bool = False
    cross: bool = False  # whether it begins with a sign that crosses it out


def read_blocks(text: str) -> list[Block]:
    """Return the lines of a normalised text that are not blank, in order."""
    blocks = list(_blocks(text))
    return [replace(block, leads_list=_leads(block, following)) for block, following in zip_longest(blocks, blocks[1:])]


def split_parts(text: str, shortest: int) -> list[tuple[int, int]]:
    """Return where the parts of a text begin and end: each with a heading, and of at least so many characters, if there are two."""
    cuts = [0]
    for block in read_blocks(text):
        if block.is_heading and block.start - cuts[-1] >= shortest and len(text) - block.start >= shortest:
            cuts.append(block.start)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _blocks(text: str) -> Iterator[Block]:
    for line in LINE.finditer(text):
        marked = HEADING_MARK.match(line.group())
        bullet = marked or ITEM.match(line.group())
        start = line.start() + (bullet.end() if bullet else 0)
        words = text[start : line.end()].rstrip()
        if words:
            is_item = not marked and (bool(bullet) or bool(CELL.search(words)))
            is_heading = bool(marked) or (not is_item and _looks_like_heading(text, words, line.start(), line.end()))
            yield Block(
                words,
                start,
                start + len(words),
                is_item,
                cross=bullet is not None and "❌" in bullet.group(),
                is_heading=is_heading,
            )


def _looks_like_heading(text: str, words: str, start: int, end: int) -> bool:
    is_apart = not start or text[max(0, start - 2) : start] == "\n\n"
    is_short = len(words) <= MAX_HEADING_CHARS and len(words.split()) <= MAX_HEADING_WORDS
    return is_apart and is_short and not CLOSED.search(words) and text[end + 1 : end + 2].strip() != ""


def _leads(block: Block, following: Block | None) -> bool:
    if following is None or not following.is_item:
        return False
    if block.is_item:
        return block.text.endswith(":") and len(block.text) <= MAX_HEADING_CHARS
    return block.text.endswith(":") or (len(block.text) <= MAX_HEADING_CHARS and not CLOSED.search(block.text))
