"""The part of `make train` that needs PyTorch: `python -m stemcheck.training.full_training BASE WORK`, run in .venv-train.

WORK holds the prepared rows; what is shipped of the encoder is written to WORK/encoder, what is known of the run to WORK/run.json.
"""

import hashlib
import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from stemcheck.model.base_weights import TOKENIZER, WEIGHTS
from stemcheck.training.activations import Activations, load_activations, tokenize, write_activations
from stemcheck.training.adapters import adapters_of, load_base
from stemcheck.training.calibration import open_session
from stemcheck.training.export import export_encoder, export_heads
from stemcheck.training.fine_tuning import FineTuning
from stemcheck.training.graph import find_places, write_graph
from stemcheck.training.lower_layers import LOWER, build_lower_layers
from stemcheck.training.prepared_rows import load_rows, rows_fingerprint
from stemcheck.training.recipe import Recipe
from stemcheck.training.run_files import ENCODER_FOLDER, RUN

PACKAGES = ("torch", "transformers", "onnx", "onnxruntime", "tokenizers", "numpy")


def train_encoder(base: Path, work: Path, recipe: Recipe) -> None:
    """Train on the rows in `work` and write there what is shipped. An interrupted run goes on after its last whole epoch."""
    from safetensors.numpy import load_file

    rows = load_rows(work)
    made_from = hashlib.sha256(f"{rows_fingerprint(work)} {asdict(recipe)}".encode()).hexdigest()
    ids, model = tokenize(rows.texts, base / TOKENIZER), load_base(base)
    tell(f"{len(ids):,} texts, {sum(map(len, ids)):,} tokens")
    graph = write_graph(model, work / "graph-with-weights.onnx")
    (work / "graph-with-weights.onnx").unlink()
    places = find_places(graph, load_file(str(base / WEIGHTS)))
    lower_ranges = build_lower_layers(graph, ids, work, recipe, made_from)
    tuning = FineTuning(model, rows, _activations(work, ids, made_from, recipe), recipe, made_from)
    tuning.run(work, tell)
    tell("Writing the encoder")
    pairs = adapters_of(tuning.model)
    export_encoder(graph, places, pairs, lower_ranges, ids, base, work / ENCODER_FOLDER, recipe)
    export_heads(tuning.heads.shipped(), rows.claim_types, work)
    described = {
        "recipe": asdict(recipe),
        "rows": len(rows.texts),
        "epoch_losses": [round(loss, 4) for loss in tuning.epoch_losses],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    }
    (work / RUN).write_text(json.dumps(described, indent=1), encoding="utf-8")


def _activations(work: Path, ids: list[list[int]], made_from: str, recipe: Recipe) -> Activations:
    known = load_activations(work, made_from)
    return known or write_activations(open_session(work / LOWER, recipe.threads), ids, work, made_from, tell)


def tell(words: str) -> None:
    """Tell how far the training is."""
    print(f"» {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    train_encoder(Path(sys.argv[1]), Path(sys.argv[2]), Recipe())
