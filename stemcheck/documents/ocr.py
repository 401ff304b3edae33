"""Reads the writing in a picture with the models of RapidOCR (PP-OCR), whichever way up the picture is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stemcheck.documents.layout import Line, in_reading_order

MAX_SIDE_PIXELS = 1800  # a photo of a page still has 8 pixels a letter then
MAX_FINDING_PIXELS = 1152  # lines are found in a smaller picture than they are read in: that is most of the time
MIN_SURE = 0.6  # of a line; those below are left out: specks, patterns, logos
TALL = 1.5  # from this ratio of height to width on, RapidOCR turns a line before it reads it
THREADS = 2


@dataclass(frozen=True)
class Writing:
    """What was read in a picture; `sureness` from 0 to 1 is the mean over the letters, also of lines left out."""

    text: str
    sureness: float


def read_writing(picture: Any) -> Writing:
    """Return the writing in an RGB picture of Pillow, in reading order; an empty text when there is none."""
    import numpy as np

    picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
    pixels = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])  # OpenCV's order of colours
    boxes, turns, read, _ = _engine().run_ocr_steps(pixels, {})
    if boxes.boxes is None or not read.txts:
        return Writing("", 0.0)
    is_turned = [str(label) == "180" for label, _ in turns.cls_res]
    found = list(zip(boxes.boxes.tolist(), is_turned, read.txts, map(float, read.scores), strict=True))
    letters = sum(len(text) for _, _, text, _ in found)
    sureness = sum(len(text) * sure for _, _, text, sure in found) / max(1, letters)
    kept = [(box, turned, text) for box, turned, text, sure in found if sure >= MIN_SURE]
    return Writing(in_reading_order(_upright(kept)), sureness)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "Det.limit_type": "max",
            "Det.limit_side_len": MAX_FINDING_PIXELS,
        }
    )


Box = Sequence[Sequence[float]]  # four corners, each x and y in pixels


def _upright(found: Sequence[tuple[Box, bool, str]]) -> list[Line]:
    """Return the lines as they stand on the page when it is turned so that its writing runs from left to right."""
    turn = -_direction([_reading_vector(box, turned) for box, turned, _ in found])
    sine, cosine = math.sin(turn), math.cos(turn)
    lines = []
    for box, _, text in found:
        across = [x * cosine - y * sine for x, y in box]
        down = [x * sine + y * cosine for x, y in box]
        middle, height = sum(down) / 4, _thickness(box)
        lines.append(Line(text, min(across), middle - height / 2, max(across), middle + height / 2))
    return lines


def _reading_vector(box: Box, turned: bool) -> tuple[float, float]:
    """Return the way from a line's beginning to its end, as RapidOCR read it."""
    top_left, top_right, _, bottom_left = box
    is_tall = math.dist(top_left, bottom_left) >= TALL * math.dist(top_left, top_right)
    # a tall line is turned to the left, so that it is read from top to bottom
    end = bottom_left if is_tall else top_right
    way = end[0] - top_left[0], end[1] - top_left[1]
    return (-way[0], -way[1]) if turned else way


def _direction(vectors: Sequence[tuple[float, float]]) -> float:
    """Return the angle, in radians, in which most of the writing runs; short lines say little about it."""
    return math.atan2(sum(y for _, y in vectors), sum(x for x, _ in vectors))


def _thickness(box: Box) -> float:
    """Return the height of a line's letters, roughly: the shorter side of its box."""
    return min(math.dist(box[0], box[3]), math.dist(box[0], box[1]))
