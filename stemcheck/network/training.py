"""Train the network when the examples, the recipe or the sentence model changed, and only then."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.content.library import Library
from stemcheck.network.examples import TrainingSet, load_training_set
from stemcheck.network.misspelling import read_spellings
from stemcheck.network.network import EXAMPLE_TEXTS, EXAMPLES, LABELS, Network, network_folder
from stemcheck.network.topic import has_topic
from stemcheck.network.tuning import Progress, Recipe, save_network, tune
from stemcheck.network.weights import WEIGHTS_SHA256, model_folder
from stemcheck.settings import load_settings

LEARNED_FROM = ("claims", "facts", "follow-ups", "misspellings", "nlu")


def fingerprint(data_folder: Path, recipe: Recipe | None = None) -> str:
    """Return the SHA-256 of all that the network is made from."""
    digest = hashlib.sha256(f"{recipe or Recipe()} {WEIGHTS_SHA256}".encode())
    for folder in LEARNED_FROM:
        for path in sorted((data_folder / folder).rglob("*.yml")):
            digest.update(path.relative_to(data_folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def is_trained(data_folder: Path) -> bool:
    """Return whether the network in models/ comes from the data as they are now."""
    labels = network_folder() / LABELS
    if not labels.is_file():
        return False
    stored: dict[str, Any] = json.loads(labels.read_text(encoding="utf-8"))
    return bool(stored.get("trained_from") == fingerprint(data_folder))


def train_network(library: Library, progress: Progress) -> None:
    """Train the network on data/ and put it into models/. Raises ContentError or WeightsError."""
    settings = load_settings()
    source = model_folder(settings.sentence_model)
    rows = load_training_set(settings.data_folder, library)
    began, trained_from = time.monotonic(), fingerprint(settings.data_folder)
    weights = tune(rows, source, Recipe(), progress, read_spellings(settings.data_folder))
    facts = {
        "trained_from": trained_from,
        "rows": len(rows.texts),
        "seconds": round(time.monotonic() - began),
    }
    save_network(weights, rows, source, network_folder(), facts)
    save_examples(rows, network_folder())


def save_examples(rows: TrainingSet, folder: Path) -> None:
    """Write the vectors of the examples that carry a claim type beside the network: what a found claim is compared with."""
    plain = np.array([not has_topic(text) for text in rows.texts])
    carrying = np.flatnonzero(rows.claims.any(axis=1) & plain)
    texts = [rows.texts[row] for row in carrying]
    vectors = np.stack([reading.vector for reading in Network(folder).read(texts)]).astype(np.float16)
    np.savez(folder / EXAMPLES, vectors=vectors, carries=rows.claims[carrying] > 0)
    (folder / EXAMPLE_TEXTS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
