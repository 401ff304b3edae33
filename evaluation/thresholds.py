"""Set the claim thresholds by cross-validation: no sentence of one idea stands on both sides of a fold.

Writes data/claims-thresholds.yml and evaluation/cross-validation.json; trains the network once a fold, so it takes a while.
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from stemcheck.content.library import load_library
from stemcheck.network.examples import TrainingSet, load_training_set
from stemcheck.network.misspelling import read_spellings
from stemcheck.network.network import MODES, Network
from stemcheck.network.tuning import Recipe, save_network, tune
from stemcheck.network.weights import model_folder
from stemcheck.settings import load_settings

GRID = np.round(np.arange(0.2, 0.81, 0.05), 2)
POSSIBLE = 0.2
NOT_READ = -1
HEADER = """# From which probability on a claim type counts. Set by group-wise cross-validation on our own examples (make thresholds).
# possible: from here on reviewers see that there may be a claim; visitors never do.
"""


def main() -> None:
    """Run the folds, choose the thresholds, write them and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument(
        "--run", type=int, help="how many of the folds to run; the rows of the others are left out (default: all)"
    )
    arguments = parser.parse_args()
    folds, run = arguments.folds, arguments.run or arguments.folds
    settings, library = load_settings(), load_library()
    rows = load_training_set(settings.data_folder, library)
    began = time.monotonic()
    claims, modes, intents = cross_validate(rows, folds, run, settings.models_folder / "cross-validation")
    rows, claims, modes, intents = only_held_out(rows, claims, modes, intents)
    flagged = [library.verdicts[library.claim_types[kind].verdict].flagged for kind in rows.claim_types]
    is_example = rows.intent_weight < 1
    chosen = choose_thresholds(claims[is_example], rows.claims[is_example] > 0, rows.claim_weights[is_example] > 0)
    figures = describe(rows, claims, modes, intents, chosen, np.array(flagged))
    figures |= {"folds": folds, "folds_run": run, "rows": len(rows.texts), "seconds": round(time.monotonic() - began)}
    lines = [f"  {kind}: {value:.2f}" for kind, value in zip(rows.claim_types, chosen, strict=True)]
    target = settings.data_folder / "claims-thresholds.yml"
    target.write_text(HEADER + f"possible: {POSSIBLE}\nconfirmed:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    Path("evaluation/cross-validation.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def cross_validate(rows: TrainingSet, folds: int, run: int, folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what networks say of rows that they did not learn from: claims [rows, types], modes [rows, 3], intents [rows]."""
    claims = np.zeros(rows.claims.shape, np.float32)
    modes = np.zeros((len(rows.texts), len(MODES)), np.float32)
    intents = np.full(len(rows.texts), NOT_READ)
    source = model_folder(load_settings().sentence_model)
    spellings = read_spellings(load_settings().data_folder)
    splits = list(GroupKFold(folds).split(rows.texts, groups=rows.group))[:run]
    for number, (train, held) in enumerate(splits):
        print(f"fold {number + 1} of {folds}", file=sys.stderr, flush=True)
        weights = tune(rows, source, Recipe(), lambda *_: None, spellings, train)
        save_network(weights, rows, source, folder, {"fold": number})
        for place, reading in zip(held, Network(folder).read([rows.texts[index] for index in held]), strict=True):
            claims[place], modes[place], intents[place] = reading.claims, reading.mode, reading.intents.argmax()
    return claims, modes, intents


def only_held_out(
    rows: TrainingSet, claims: np.ndarray, modes: np.ndarray, intents: np.ndarray
) -> tuple[TrainingSet, np.ndarray, np.ndarray, np.ndarray]:
    """Return the rows that a network read without having learned from them, and what it said."""
    read = np.flatnonzero(intents != NOT_READ)
    arrays = {
        name: getattr(rows, name)[read] for name in ("claims", "claim_weights", "mode", "intent", "intent_weight")
    }
    texts, groups = [rows.texts[row] for row in read], [rows.group[row] for row in read]
    return replace(rows, texts=texts, group=groups, **arrays), claims[read], modes[read], intents[read]


def choose_thresholds(found: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> list[float]:
    """Return the threshold with the best F1 of each type; among equals the one nearest to the middle."""
    return [_best(found[:, kind], wanted[:, kind], counts[:, kind]) for kind in range(found.shape[1])]


def _best(found: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> float:
    scores = [(round(_f1(found >= value, wanted, counts), 3), -abs(value - 0.45), float(value)) for value in GRID]
    return max(scores)[2]


def _f1(found: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> float:
    right = (found & wanted).sum()
    return float(2 * right / max(1, 2 * right + (found & ~wanted & counts).sum() + (~found & wanted).sum()))


def describe(
    rows: TrainingSet,
    claims: np.ndarray,
    modes: np.ndarray,
    intents: np.ndarray,
    chosen: list[float],
    flagged: np.ndarray,
) -> dict[str, object]:
    """Return the figures of the cross-validation at the chosen thresholds."""
    is_example = rows.intent_weight < 1
    found, wanted, counts = claims >= np.array(chosen), rows.claims > 0, rows.claim_weights > 0
    has_found, has_wanted = found[is_example][:, flagged].any(1), wanted[is_example][:, flagged].any(1)
    has_mode, is_message = rows.mode >= 0, ~is_example
    per_type = {
        kind: round(_f1(found[is_example, i], wanted[is_example, i], counts[is_example, i]), 3)
        for i, kind in enumerate(rows.claim_types)
    }
    return {
        "type_micro_f1": round(_f1(found[is_example], wanted[is_example], counts[is_example]), 4),
        "flagged_type_recall": round(float((has_found & has_wanted).sum() / has_wanted.sum()), 4),
        "flagged_type_precision": round(float((has_found & has_wanted).sum() / has_found.sum()), 4),
        "mode_accuracy": round(float((modes[has_mode].argmax(1) == rows.mode[has_mode]).mean()), 4),
        "intent_accuracy": round(float((intents[is_message] == rows.intent[is_message]).mean()), 4),
        "messages_with_a_flagged_type": round(float(found[is_message][:, flagged].any(1).mean()), 4),
        "type_f1": per_type,
    }


if __name__ == "__main__":
    main()
