"""Whether what runs says what was trained: `python -m stemcheck.training.parity MODELS BASE` prints the figures, in .venv-train.

The built encoder, in eight bits, is compared with PyTorch's floating point on the same texts, and the graph with published
weights with the published model itself.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from stemcheck.model.base_weights import TOKENIZER, WEIGHTS
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import ADAPTERS, GRAPH, PLACES, assemble, merge_adapters
from stemcheck.model.heads import Floats
from stemcheck.training.activations import tokenize
from stemcheck.training.adapters import load_base, run_layers
from stemcheck.training.calibration import open_session

SHIPPED, BUILT = "encoder", "built"  # folders below MODELS
TEXTS = (
    "Stem cells cure MS.",
    "do they help",
    "My clinic says I will walk again by Christmas, guaranteed. Is that true?",
    "No treatment has been proven to repair the damage that MS has done.",
    "[Blood stem cells (AHSCT)] is it dangerous",
    "i'm scared and i dont know who to ask anymore",
    "Over 90% of our patients improved within three months of mesenchymal stem cell therapy in our certified centre in the mountains.",
    "what does it cost",
)


def torch_vectors(model: Any, ids: Sequence[Sequence[int]]) -> list[Floats]:
    """Return each text's token vectors [tokens, width] in floating point."""
    found = []
    with torch.inference_mode():
        for row in ids:
            mask = torch.ones(1, len(row))
            hidden = run_layers(model, model.embeddings(input_ids=torch.tensor([list(row)])), mask, 0)
            found.append(hidden[0].numpy())
    return found


def merged_model(shipped: Path, base: Path) -> Any:
    """Return the trained model in PyTorch: the published weights with the pairs added."""
    from safetensors.numpy import load_file

    scale = json.loads((shipped / PLACES).read_text(encoding="utf-8"))["scale"]
    merged = merge_adapters(load_file(str(base / WEIGHTS)), load_file(str(shipped / ADAPTERS)), scale)
    model = load_base(base)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in merged.items()}, strict=False)
    return model


def largest_difference(one: Sequence[Floats], other: Sequence[Floats]) -> float:
    """Return the largest difference between two numbers at the same place."""
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))


def lowest_cosine(one: Sequence[Floats], other: Sequence[Floats]) -> float:
    """Return the least cosine between the means of two texts' token vectors."""
    pairs = [(a.mean(axis=0), b.mean(axis=0)) for a, b in zip(one, other, strict=True)]
    return min(float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in pairs)


def untuned_difference(shipped: Path, base: Path, ids: Sequence[Sequence[int]]) -> float:
    """Return the largest difference between the shipped graph with published weights and the published model."""
    import onnx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy_without_pairs(shipped, folder)
        onnx.save(assemble(folder, base)[0], str(folder / "float.onnx"))
        session = open_session(folder / "float.onnx", 1)
    found = [
        session.run(None, {"ids": np.array([row]), "mask": np.ones((1, len(row)), np.float32)})[0][0] for row in ids
    ]
    return largest_difference(found, torch_vectors(load_base(base), ids))


def _copy_without_pairs(shipped: Path, folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    for name in (GRAPH, PLACES):
        shutil.copy(shipped / name, folder / name)
    kept = {name: value for name, value in load_file(str(shipped / ADAPTERS)).items() if name.startswith("range.")}
    save_file(kept, str(folder / ADAPTERS))


def measure(models: Path, base: Path) -> dict[str, float]:
    """Return the figures: untuned difference, lowest cosine of texts and of tokens between the built encoder and PyTorch."""
    ids = tokenize(TEXTS, base / TOKENIZER)
    wanted = torch_vectors(merged_model(models / SHIPPED, base), ids)
    encoder = Encoder(models / BUILT, threads=1)
    built = [dict(encoder.encode([text]))[0].tokens for text in TEXTS]
    tokens = ([row[None] for text in side for row in text] for side in (built, wanted))
    return {
        "untuned_difference": untuned_difference(models / SHIPPED, base, ids),
        "lowest_text_cosine": lowest_cosine(built, wanted),
        "lowest_token_cosine": lowest_cosine(*tokens),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
