"""Cross-validate the network (make cross-validation): no wording of one idea stands on both sides of a fold.

One training a fold, then everything that the held-out rows tell: data/claims-thresholds.yml, evaluation/cross-validation.json, and
a picture of the intents that are taken for others. `rasa test nlu --cross-validation` cannot do this: its folds part messages of one
idea, and our network, which is trained from data/ as a whole, has seen the held-out ones.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from evaluation.intents import PICTURE, count_pairs, describe_intents, worst_of
from evaluation.pictures import draw_confusion
from evaluation.thresholds import choose_thresholds, describe_claims, write_thresholds
from stemcheck.content.library import load_library
from stemcheck.network.examples import TrainingSet, load_training_set
from stemcheck.network.misspelling import read_spellings
from stemcheck.network.network import Network
from stemcheck.network.tuning import Recipe, save_network, tune
from stemcheck.network.weights import model_folder
from stemcheck.settings import load_settings

FIGURES = Path(__file__).parent / "cross-validation.json"


@dataclass(frozen=True)
class HeldOut:
    """Rows and what a network says of them that had not learned from them.

    Probabilities: claims [rows, types], modes [rows, 3], intents [rows, intents].
    """

    rows: TrainingSet
    claims: np.ndarray
    modes: np.ndarray
    intents: np.ndarray


def main() -> None:
    """Run the folds; write thresholds, figures and picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument(
        "--run", type=int, help="how many of the folds to run; the rows of the others are left out (default: all)"
    )
    arguments = parser.parse_args()
    began = time.monotonic()
    settings, library = load_settings(), load_library()
    rows = load_training_set(settings.data_folder, library)
    held_out = cross_validate(
        rows, arguments.folds, arguments.run or arguments.folds, settings.models_folder / "cross-validation"
    )
    chosen = choose_thresholds(held_out.claims, held_out.rows)
    write_thresholds(dict(zip(rows.claim_types, chosen, strict=True)), settings.data_folder)
    flagged = [library.verdicts[library.claim_types[kind].verdict].flagged for kind in rows.claim_types]
    is_message = held_out.rows.intent_weight >= 1
    pairs = count_pairs(rows.intents, held_out.rows.intent[is_message], held_out.intents[is_message].argmax(1))
    figures = {
        "folds": arguments.folds,
        "folds_run": arguments.run or arguments.folds,
        "rows": len(held_out.rows.texts),
        "seconds": round(time.monotonic() - began),
        "claims": describe_claims(held_out.rows, held_out.claims, held_out.modes, chosen, np.array(flagged)),
        "intents": describe_intents(pairs),
    }
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    draw_confusion(worst_of(pairs), "Intents taken for another", PICTURE)
    json.dump(figures, sys.stdout, indent=1)


def cross_validate(rows: TrainingSet, folds: int, run: int, folder: Path) -> HeldOut:
    """Return the held-out rows of the first `run` folds, as the network that learned from the other folds reads them."""
    source = model_folder(load_settings().sentence_model)
    spellings = read_spellings(load_settings().data_folder)
    places, readings = [], []
    for number, (learned, held) in enumerate(list(GroupKFold(folds).split(rows.texts, groups=rows.group))[:run]):
        print(f"fold {number + 1} of {folds}", file=sys.stderr, flush=True)
        weights = tune(rows, source, Recipe(), lambda *_: None, spellings, learned)
        save_network(weights, rows, source, folder, {"fold": number})
        places.append(held)
        readings.extend(Network(folder).read([rows.texts[index] for index in held]))
    return HeldOut(
        take(rows, np.concatenate(places)),
        np.stack([reading.claims for reading in readings]),
        np.stack([reading.mode for reading in readings]),
        np.stack([reading.intents for reading in readings]),
    )


def take(rows: TrainingSet, places: np.ndarray) -> TrainingSet:
    """Return the training set with only the rows at these places, in their order."""
    arrays = {
        name: getattr(rows, name)[places] for name in ("claims", "claim_weights", "mode", "intent", "intent_weight")
    }
    texts, groups = [rows.texts[place] for place in places], [rows.group[place] for place in places]
    return replace(rows, texts=texts, group=groups, **arrays)


if __name__ == "__main__":
    main()
