"""Train the real network on a few rows: `python -m tests.browser.small_training DATA MODELS`. For the walk through a correction."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from stemcheck.claims.whole_text_training import train_whole_text
from stemcheck.content.library import load_library
from stemcheck.network.examples import TrainingSet, load_training_set
from stemcheck.network.misspelling import read_spellings
from stemcheck.network.topic import has_topic
from stemcheck.network.training import save_examples
from stemcheck.network.tuning import Recipe, save_network, tune
from stemcheck.network.weights import model_folder

INTENTS = ("greet", "ask_mesems", "out_of_scope_cost")
OF_EACH, CLAIMS = 20, 20  # rows; of each intent the last ones, where corrections are added
RECIPE = Recipe(epochs=8, batch=16, misspelt=0.0)


def main(data: Path, models: Path) -> None:
    """Train on the last examples of three intents and on some claims, and write the network to `models`."""
    library = load_library(data)
    rows = take_few(load_training_set(data, library))
    source = model_folder(None)
    weights = tune(rows, source, RECIPE, lambda *_: None, read_spellings(data))
    save_network(weights, rows, source, models / "network", {"rows": len(rows.texts)})
    save_examples(rows, models / "network")
    train_whole_text(library)


def take_few(rows: TrainingSet) -> TrainingSet:
    """Return the few rows that are trained on."""
    plain = np.array([not has_topic(text) for text in rows.texts])
    of_intents = [np.flatnonzero(plain & (rows.intent == rows.intents.index(name)))[-OF_EACH:] for name in INTENTS]
    places = np.concatenate([*of_intents, np.flatnonzero(plain & rows.claims.any(axis=1))[:CLAIMS]])
    arrays = ("claims", "claim_weights", "mode", "intent", "intent_weight")
    lists = {name: [getattr(rows, name)[place] for place in places] for name in ("texts", "group")}
    return replace(rows, **{name: getattr(rows, name)[places] for name in arrays}, **lists)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
