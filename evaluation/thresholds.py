"""The claim thresholds that held-out rows ask for, and how well the types are found with them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.claims.thresholds import FILE
from stemcheck.network.examples import TrainingSet

GRID = np.round(np.arange(0.2, 0.81, 0.05), 2)
MIDDLE = 0.45
AS_GOOD = 0.005  # a difference in F1 that says nothing
POSSIBLE = 0.2
HEADER = """# From which probability on a claim type counts; set by `make cross-validation`, no idea on both sides of a fold.
# possible: from here on reviewers see that there may be a claim; visitors never do.
"""


def choose_thresholds(found: np.ndarray, rows: TrainingSet) -> list[float]:
    """Return a threshold for each type: of those as good as the best, by F1 over the examples of claims, the one nearest to the middle.

    `found` are probabilities [rows, types]. The examples are sentences; in long texts low thresholds find what is not there.
    """
    is_example = is_example_of_claims(rows)
    wanted, counts = rows.claims[is_example] > 0, rows.claim_weights[is_example] > 0
    return [_best(found[is_example, kind], wanted[:, kind], counts[:, kind]) for kind in range(found.shape[1])]


def is_example_of_claims(rows: TrainingSet) -> np.ndarray:
    """Return which rows come from data/claims, [rows]; the others are messages."""
    return np.asarray(rows.intent_weight < 1)


def _best(found: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> float:
    scores = {float(value): _f1(found >= value, wanted, counts) for value in GRID}
    good = [value for value, score in scores.items() if score >= max(scores.values()) - AS_GOOD]
    return min(good, key=lambda value: abs(value - MIDDLE))


def _f1(found: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> float:
    right = (found & wanted).sum()
    return float(2 * right / max(1, 2 * right + (found & ~wanted & counts).sum() + (~found & wanted).sum()))


def write_thresholds(chosen: Mapping[str, float], data_folder: Path) -> None:
    """Write the threshold of each type to data/claims-thresholds.yml."""
    lines = "".join(f"  {kind}: {value:.2f}\n" for kind, value in chosen.items())
    (data_folder / FILE).write_text(f"{HEADER}possible: {POSSIBLE}\nconfirmed:\n{lines}", encoding="utf-8")


def describe_claims(
    rows: TrainingSet, claims: np.ndarray, modes: np.ndarray, chosen: list[float], flagged: np.ndarray
) -> dict[str, Any]:
    """Return the figures of the claims at the chosen thresholds; `flagged` [types] are those whose verdict flags."""
    is_example = is_example_of_claims(rows)
    found, wanted, counts = claims >= np.array(chosen), rows.claims > 0, rows.claim_weights > 0
    has_found, has_wanted = found[is_example][:, flagged].any(1), wanted[is_example][:, flagged].any(1)
    has_mode = rows.mode >= 0
    per_type = {
        kind: round(_f1(found[is_example, i], wanted[is_example, i], counts[is_example, i]), 3)
        for i, kind in enumerate(rows.claim_types)
    }
    return {
        "type_micro_f1": round(_f1(found[is_example], wanted[is_example], counts[is_example]), 4),
        "flagged_type_recall": round(float((has_found & has_wanted).sum() / has_wanted.sum()), 4),
        "flagged_type_precision": round(float((has_found & has_wanted).sum() / has_found.sum()), 4),
        "mode_accuracy": round(float((modes[has_mode].argmax(1) == rows.mode[has_mode]).mean()), 4),
        "messages_with_a_flagged_type": round(float(found[~is_example][:, flagged].any(1).mean()), 4),
        "type_f1": per_type,
    }
