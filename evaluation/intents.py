"""Cross-validate the intents, no idea on both sides of a fold, with a picture of what is taken for what (make cross-validation).

`rasa test nlu --cross-validation` cannot do this: its folds part messages that express one idea, and our network, which is trained
from data/ as a whole, has seen the held-out ones. So the folds are those of evaluation/thresholds.py, with one training each.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.pictures import draw_confusion
from evaluation.scoring import ratio
from evaluation.thresholds import cross_validate, only_held_out
from stemcheck.content.library import load_library
from stemcheck.network.examples import load_training_set
from stemcheck.settings import load_settings

FIGURES = Path(__file__).parent / "cross-validation-intents.json"
PICTURE = Path(__file__).parent / "reports" / "intents-cross-validation.png"
MOST_CONFUSED = 25  # pairs that are listed, and drawn

Pairs = Counter[tuple[str, str]]


def main() -> None:
    """Run the folds; write the figures and the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--run", type=int, help="how many of the folds to run (default: all)")
    arguments = parser.parse_args()
    folds, run = arguments.folds, arguments.run or arguments.folds
    settings = load_settings()
    rows = load_training_set(settings.data_folder, load_library(settings.data_folder))
    began = time.monotonic()
    found = cross_validate(rows, folds, run, settings.models_folder / "cross-validation")
    rows, _, _, intents = only_held_out(rows, *found)
    is_message = rows.intent_weight >= 1
    pairs = count_pairs(rows.intents, rows.intent[is_message], intents[is_message])
    figures = {"folds": folds, "folds_run": run, "seconds": round(time.monotonic() - began), **describe(pairs)}
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    draw_confusion(worst_of(pairs), "Intents taken for another", PICTURE)
    json.dump(figures, sys.stdout, indent=1)


def count_pairs(names: Sequence[str], labelled: np.ndarray, found: np.ndarray) -> Pairs:
    """Return how often each intent was found as which; `labelled` and `found` [messages] are places in `names`."""
    return Counter((names[right], names[said]) for right, said in zip(labelled.tolist(), found.tolist(), strict=True))


def describe(pairs: Pairs) -> dict[str, Any]:
    """Return accuracy, the mean of the intents' F1, the F1 of each intent from the worst on, and the pairs most confused."""
    right = {name: pairs[name, name] for name in {name for pair in pairs for name in pair}}
    labelled: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for (is_name, said), count in pairs.items():
        labelled[is_name] += count
        found[said] += count
    f1 = {name: ratio(2 * right[name], labelled[name] + found[name]) or 0.0 for name in right if labelled[name]}
    confused = [(count, is_name, said) for (is_name, said), count in pairs.items() if is_name != said]
    return {
        "messages": pairs.total(),
        "accuracy": ratio(sum(right.values()), pairs.total()),
        "macro_f1": round(sum(f1.values()) / max(1, len(f1)), 4),
        "most_confused": [
            f"{is_name} as {said}: {count}" for count, is_name, said in sorted(confused)[::-1][:MOST_CONFUSED]
        ],
        "f1": dict(sorted(f1.items(), key=lambda item: item[1])),
    }


def worst_of(pairs: Pairs) -> Pairs:
    """Return the pairs among the intents that are confused most, with their hits: a picture of all would be too large to read."""
    confused = sorted(((count, pair) for pair, count in pairs.items() if pair[0] != pair[1]), reverse=True)
    names = {name for _, pair in confused[:MOST_CONFUSED] for name in pair}
    return Counter({pair: count for pair, count in pairs.items() if set(pair) <= names})


if __name__ == "__main__":
    main()
