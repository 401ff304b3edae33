"""Reads the writing in a picture with the models of RapidOCR (PP-OCR), whichever way up the picture is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any

from stemcheck.documents.layout import Line, in_reading_order

MAX_SIDE_PIXELS = 1800  # a photo of a page still has 8 pixels a letter then
MAX_FINDING_PIXELS = 1152  # lines are found in a smaller picture than they are read in: that is most of the time
MIN_SURE = 0.6  # of a line; those below are left out: specks, patterns, logos
MIN_TURNED = 0.9  # how sure RapidOCR must be that a line stands on its head before it turns it
MAX_LETTER_RATIO = 4.0
MAX_TILT_DEGREES = 14.0
MIN_CLEAR = 0.9  # of a line that says which way up the picture is
MAX_STRAY_SHARE = 0.04  # of the lines, by their length, may be turned otherwise than the rest: a page number
TALL = 1.5  # from this ratio of height to width on, RapidOCR turns a line before it reads it
THREADS = 2


@dataclass(frozen=True)
class Piece:
    """One line: its corners in pixels, whether it was turned on its head to be read, its text, and how sure that is, from 0 to 1."""

    box: Sequence[Sequence[float]]
    is_turned: bool
    text: str
    sure: float

    def way(self) -> tuple[float, float]:
        """Return the way from the line's beginning to its end, as RapidOCR read it."""
        top_left, top_right, _, bottom_left = self.box
        is_tall = math.dist(top_left, bottom_left) >= TALL * math.dist(top_left, top_right)
        # a tall line is turned to the left, so that it is read from top to bottom
        end = bottom_left if is_tall else top_right
        way = end[0] - top_left[0], end[1] - top_left[1]
        return (-way[0], -way[1]) if self.is_turned else way

    def length(self) -> float:
        """Return how far the line runs, in pixels; how much of it could be read does not count."""
        return math.hypot(*self.way())

    def thickness(self) -> float:
        """Return the height of the line's letters, roughly: the shorter side of its box."""
        return min(math.dist(self.box[0], self.box[3]), math.dist(self.box[0], self.box[1]))


@dataclass(frozen=True)
class Writing:
    """What was read in a picture; `sureness` from 0 to 1 is the mean over the letters, also of lines left out."""

    text: str
    sureness: float


def read_writing(picture: Any) -> Writing:
    """Return the writing in an RGB picture of Pillow, in reading order; an empty text when there is none."""
    picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    pieces = _read(picture, turns_lines=True)
    turn = _turn(pieces)
    if _disagree(pieces) or abs(turn - round(turn / 90) * 90) > MAX_TILT_DEGREES:
        # what stands on its head is told line by line, and wrongly for some; steep lines are cut out badly
        pieces = _read(_turned(picture, turn), turns_lines=False)
    letters = sum(len(piece.text) for piece in pieces)
    sureness = sum(len(piece.text) * piece.sure for piece in pieces) / max(1, letters)
    return Writing(in_reading_order(_upright([piece for piece in pieces if piece.sure >= MIN_SURE])), sureness)


def _read(picture: Any, *, turns_lines: bool) -> list[Piece]:
    import numpy as np

    engine = _engine()
    engine.use_cls = turns_lines
    pixels = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])  # OpenCV's order of colours
    boxes, turns, read, _ = engine.run_ocr_steps(pixels, {})
    if boxes.boxes is None or not read.txts:
        return []
    labels = (
        [str(label) == "180" and sure > MIN_TURNED for label, sure in turns.cls_res]
        if turns_lines
        else [False] * len(read.txts)
    )
    found = zip(boxes.boxes.tolist(), labels, read.txts, map(float, read.scores), strict=True)
    return [Piece(*one) for one in found if one[2].strip()]


def _disagree(pieces: Sequence[Piece]) -> bool:
    turned = sum(piece.length() for piece in pieces if piece.is_turned)
    share = turned / max(1.0, sum(piece.length() for piece in pieces))
    return MAX_STRAY_SHARE < share < 1 - MAX_STRAY_SHARE


def _turn(pieces: Sequence[Piece]) -> float:
    """Return by how many degrees the picture is to be turned to the left so that its lines stand upright."""
    # a line read on its head makes no words, which the model is not sure of
    clear = [piece for piece in pieces if piece.sure >= MIN_CLEAR] or pieces
    return math.degrees(_direction(clear))


def _turned(picture: Any, degrees: float) -> Any:
    """Return the picture turned to the left, its corners filled with its own colour: edges of black would look like letters."""
    from PIL.Image import Resampling

    ground = picture.resize((1, 1), Resampling.BOX).getpixel((0, 0))
    return picture.rotate(degrees, Resampling.BICUBIC, expand=True, fillcolor=ground)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Cls.cls_thresh": MIN_TURNED,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "Det.limit_type": "max",
            "Det.limit_side_len": MAX_FINDING_PIXELS,
        }
    )


def _upright(pieces: Sequence[Piece]) -> list[Line]:
    """Return the lines as they stand on the page when it is turned so that its writing runs from left to right."""
    turn = -_direction(pieces)
    sine, cosine = math.sin(turn), math.cos(turn)
    lines = []
    for piece in _without_shapes(pieces):
        across = [x * cosine - y * sine for x, y in piece.box]
        down = [x * sine + y * cosine for x, y in piece.box]
        middle, height = sum(down) / 4, piece.thickness()
        lines.append(Line(piece.text, min(across), middle - height / 2, max(across), middle + height / 2))
    return lines


def _without_shapes(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without those of a letter or two that are far larger than all others: edges and drawings."""
    usual = median([piece.thickness() for piece in pieces]) if pieces else 0.0
    return [piece for piece in pieces if len(piece.text) > 2 or piece.thickness() < MAX_LETTER_RATIO * usual]


def _direction(pieces: Sequence[Piece]) -> float:
    """Return the angle, in radians, in which the writing runs; each letter that was read counts the same."""
    ways = [(piece.way(), len(piece.text) / max(piece.length(), 1e-6)) for piece in pieces]
    return math.atan2(sum(y * weight for (_, y), weight in ways), sum(x * weight for (x, _), weight in ways))
