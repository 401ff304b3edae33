"""From lines with their places on a page to text in reading order: columns, rows, paragraphs, without hard line ends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

MIN_COLUMN_LINES = 3  # fewer lines beside each other are a row of a table, or a caption
MIN_COLUMN_SHARE = 0.22  # of the page's width; narrower is a list of labels
MAX_CROSSING_SHARE = 0.34  # of the lines may run across a gutter: headings and closing lines
SAME_ROW = 0.5  # of a line's height: how far apart the middles of two pieces of one row may be
PARAGRAPH_GAP = 0.75  # of a line's height beyond which the space between two lines parts paragraphs
SAME_SIZE = 0.3  # by how much the heights of two lines of one paragraph may differ
FULL_LINE = 0.72  # of the column's width: a shorter line ends its paragraph
BULLET = re.compile(r"^(?:[•·●○◦▪■□➢➤►▶✓✔✅❌✗✦★☆*–—-]\s*\S|\d{1,2}[.)]\s|[a-z][.)]\s)")
WORD_CUT = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")


@dataclass(frozen=True)
class Line:
    """A piece of text and its place; the units do not matter, `top` is smaller than `bottom`."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """The height, never zero."""
        return max(self.bottom - self.top, 1e-6)

    @property
    def middle(self) -> float:
        """The height on the page of the line's middle."""
        return (self.top + self.bottom) / 2


def in_reading_order(lines: Iterable[Line]) -> str:
    """Return the text of a page: column after column, paragraphs split by a blank line."""
    kept = [line for line in lines if line.text.strip()]
    if not kept:
        return ""
    return "\n\n".join(text for block in _blocks(kept) if (text := _text_of(_rows(block))))


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines split into blocks that are read one after the other."""
    gutter = _find_gutter(lines)
    if gutter is None:
        return [list(lines)]
    blocks: list[list[Line]] = []
    for side, found in groupby(_by_height(lines, gutter), key=lambda item: item[0]):
        group = [line for _, line in found]
        if side == "across":
            blocks.append(group)
            continue
        for half in ([line for line in group if line.right <= gutter], [line for line in group if line.left >= gutter]):
            blocks += _blocks(half) if half else []
    return blocks


def _by_height(lines: Sequence[Line], gutter: float) -> list[tuple[str, Line]]:
    ordered = sorted(lines, key=lambda line: line.middle)
    return [("across" if line.left < gutter < line.right else "beside", line) for line in ordered]


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Return the place between two columns which the fewest lines cross, or None for a single column."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    step = median(line.height for line in lines) / 2
    best: tuple[int, float] | None = None
    place = left + MIN_COLUMN_SHARE * (right - left)
    while place < right - MIN_COLUMN_SHARE * (right - left):
        crossing = _crossing(lines, place, step, left, right)
        if crossing is not None and (best is None or crossing < best[0]):
            best = (crossing, place)
        place += step / 2
    return best[1] if best else None


def _crossing(lines: Sequence[Line], place: float, margin: float, left: float, right: float) -> int | None:
    """Return how many lines run across this place; None if it does not split two columns."""
    before = [line for line in lines if line.right <= place - margin / 2]
    after = [line for line in lines if line.left >= place + margin / 2]
    crossing = len(lines) - len(before) - len(after)
    if min(len(before), len(after)) < MIN_COLUMN_LINES or crossing > MAX_CROSSING_SHARE * len(lines):
        return None
    shares = (_width(side) / (right - left) for side in (before, after))
    is_beside = _top(after) < _bottom(before) and _top(before) < _bottom(after)
    return crossing if min(shares) >= MIN_COLUMN_SHARE and is_beside else None


def _width(lines: Sequence[Line]) -> float:
    return max(line.right for line in lines) - min(line.left for line in lines)


def _top(lines: Sequence[Line]) -> float:
    return min(line.top for line in lines)


def _bottom(lines: Sequence[Line]) -> float:
    return max(line.bottom for line in lines)


def _rows(block: Sequence[Line]) -> list[Line]:
    """Return the lines from top to bottom; pieces at the same height become one."""
    rows: list[list[Line]] = []
    for line in sorted(block, key=lambda line: line.middle):
        last = rows[-1][-1] if rows else None
        if last and abs(line.middle - last.middle) < SAME_ROW * min(line.height, last.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: Sequence[Line]) -> Line:
    text = row[0].text.strip()
    for before, piece in pairwise(row):
        is_far = piece.left - before.right > 1.5 * piece.height
        text += (" | " if is_far and len(row) > 2 else " ") + piece.text.strip()
    return Line(text, row[0].left, _top(row), max(piece.right for piece in row), _bottom(row))


def _text_of(rows: Sequence[Line]) -> str:
    if not rows:
        return ""
    edges = min(row.left for row in rows), max(row.right for row in rows)
    pitch = _usual_pitch(rows)
    text = rows[0].text
    for before, row in pairwise(rows):
        gap = row.middle - before.middle
        if gap > pitch * (1 + PARAGRAPH_GAP / 2) and gap > (1 + PARAGRAPH_GAP) * min(before.height, row.height):
            text += "\n\n" + row.text
        elif _goes_on(before, row, edges):
            text = _without_word_cut(text, row.text)
        else:
            text += "\n" + row.text
    return text


def _usual_pitch(rows: Sequence[Line]) -> float:
    gaps = [row.middle - before.middle for before, row in pairwise(rows)]
    return median(gaps) if gaps else 0.0


def _goes_on(before: Line, row: Line, edges: tuple[float, float]) -> bool:
    """Return whether a row goes on with the sentence of the one before it."""
    if BULLET.match(row.text) or abs(before.height - row.height) > SAME_SIZE * max(before.height, row.height):
        return False
    is_full = before.right - edges[0] >= FULL_LINE * (edges[1] - edges[0])
    is_open = not before.text.endswith((".", "!", "?", ":", "…"))
    return (is_full and (is_open or not BULLET.match(before.text))) or (is_open and row.text[:1].islower())


def _without_word_cut(text: str, more: str) -> str:
    if WORD_CUT.search(text) and more[:1].islower():
        return text[:-1] + more
    return f"{text} {more}"
