"""What the network says of every claim type, also of those below both bands: for calibration and for explaining a miss."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evaluation.rows import LabelledText
from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.network.network import Network

Floats = npt.NDArray[np.float32]
BINS = 10


def read_probabilities(network: Network, rows: Sequence[LabelledText]) -> list[dict[str, float]]:
    """Return for each text the probability of each claim type: the highest of its reading units."""
    units = [[unit.text for unit in reading_units(row.text, split_sentences(row.text))] for row in rows]
    readings = iter(network.read([text for texts in units for text in texts]))
    highest = [
        np.max([next(readings).claims for _ in texts] or [np.zeros(len(network.claim_types))], axis=0)
        for texts in units
    ]
    return [dict(zip(network.claim_types, map(float, values), strict=True)) for values in highest]


def calibration_pairs(
    rows: Sequence[LabelledText], probabilities: Sequence[dict[str, float]]
) -> list[tuple[float, bool]]:
    """Return (probability, is labelled) of every type that a row says something about."""
    return [
        (probability, kind in row.types)
        for row, found in zip(rows, probabilities, strict=True)
        for kind, probability in found.items()
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
