"""What the model says of every claim type, also of those below both bands: for calibration and for explaining a miss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.rows import LabelledText
from stemcheck.claims.nearest import EXAMPLES, NearestExamples, load_nearest
from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.model.heads import Floats
from stemcheck.model.inference import Model, Prediction, models_folder

BINS = 10


@dataclass(frozen=True)
class TextReading:
    """The probability of each claim type in a text, the highest of its pieces, and the vector of that piece."""

    probabilities: dict[str, float]
    vectors: dict[str, Floats]


def read_texts(model: Model, rows: Sequence[LabelledText]) -> list[TextReading]:
    """Return a reading of each text, in order."""
    pieces = [[unit.text for unit in reading_units(row.text, split_sentences(row.text))] for row in rows]
    readings = iter(model.predict([text for texts in pieces for text in texts]))
    return [_highest(model, [next(readings) for _ in texts]) for texts in pieces]


def load_examples_near() -> NearestExamples | None:
    """Return the examples that are kept beside the model, to explain by them; None where none were kept."""
    return load_nearest() if (models_folder() / EXAMPLES).is_file() else None


def _highest(model: Model, readings: Sequence[Prediction]) -> TextReading:
    claims = np.stack([reading.claims for reading in readings])
    best = {kind: readings[int(claims[:, row].argmax())] for row, kind in enumerate(model.claim_types)}
    probabilities = {kind: float(best[kind].claims[row]) for row, kind in enumerate(model.claim_types)}
    return TextReading(probabilities, {kind: reading.vector for kind, reading in best.items()})


def calibration_pairs(rows: Sequence[LabelledText], readings: Sequence[TextReading]) -> list[tuple[float, bool]]:
    """Return (probability, is labelled) of every type that a row says something about."""
    return [
        (probability, kind in row.types)
        for row, reading in zip(rows, readings, strict=True)
        for kind, probability in reading.probabilities.items()
        if kind not in row.optional
    ]


def calibration_curve(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return (mean probability, share that is labelled, count) of each of ten bins that is not empty."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, is_labelled in pairs:
        bins[min(BINS - 1, int(probability * BINS))].append((probability, is_labelled))
    return [(float(np.mean([p for p, _ in one])), float(np.mean([y for _, y in one])), len(one)) for one in bins if one]


def calibration_error(curve: Sequence[tuple[float, float, int]]) -> float:
    """Return the expected calibration error: how far shares are from probabilities, weighted by the count of each bin."""
    total = sum(count for _, _, count in curve)
    return round(sum(abs(mean - share) * count for mean, share, count in curve) / max(1, total), 4)
