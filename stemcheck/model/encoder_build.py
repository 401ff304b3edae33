"""Make the encoder that runs: the published weights, the adapters that training found, smoothed, in eight bits.

What is shipped in models/encoder is only the difference to the published weights, and the graph without weights.
"""

import hashlib
import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.model.base_weights import BLOCK_BYTES, TOKENIZER, WEIGHTS, unpack_base_weights
from stemcheck.model.quantization import halve_embeddings, quantize, smooth

GRAPH, ADAPTERS, PLACES = "graph.onnx", "adapters.safetensors", "places.json"
ENCODER, STAMP = "encoder.onnx", "built-from.txt"


class EncoderError(RuntimeError):
    """What is shipped in models/encoder is damaged or incomplete."""


def shipped_fingerprint(shipped: Path) -> str:
    """Return the SHA-256 of all that the encoder is built from. Raises EncoderError when a file is missing."""
    digest = hashlib.sha256()
    for name in (GRAPH, ADAPTERS, PLACES):
        path = shipped / name
        if not path.is_file():
            raise EncoderError(f"{path} is missing. Take it from git again (`git checkout models`).")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_built(shipped: Path, built: Path) -> bool:
    """Return whether the encoder in `built` is whole, and was made from what is shipped by the onnxruntime that is installed."""
    stamp = built / STAMP
    is_there = (built / ENCODER).is_file() and (built / TOKENIZER).is_file() and stamp.is_file()
    return is_there and stamp.read_text(encoding="utf-8", errors="replace") == built_stamp(shipped, built)


def built_stamp(shipped: Path, built: Path) -> str:
    """Return what tells a built encoder from another or a damaged one: what it was made from, by what, and its own SHA-256."""
    digest = hashlib.sha256()
    for name in (ENCODER, TOKENIZER):
        with (built / name).open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
    return f"{shipped_fingerprint(shipped)}\nonnxruntime {version('onnxruntime')}\n{digest.hexdigest()}\n"


def build_encoder(shipped: Path, built: Path, base: Path, named: Path | None = None) -> None:
    """Write encoder and tokenizer to `built`, whole or not at all. Raises EncoderError or WeightsError."""
    shipped_fingerprint(shipped)  # a missing file is told before the long work
    published = unpack_base_weights(base, named)
    unfinished = built.with_name(built.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        _write(shipped, published, unfinished)
        (unfinished / STAMP).write_text(built_stamp(shipped, unfinished), encoding="utf-8")
        shutil.rmtree(built, ignore_errors=True)
        unfinished.rename(built)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write(shipped: Path, published: Path, folder: Path) -> None:
    import onnx

    model, ranges = assemble(shipped, published)
    smoothed = halve_embeddings(smooth(model, ranges))
    onnx.save(smoothed, str(folder / "float.onnx"))
    quantize(folder / "float.onnx", folder / ENCODER)
    (folder / "float.onnx").unlink()
    shutil.copy(published / TOKENIZER, folder / TOKENIZER)


def assemble(shipped: Path, published: Path) -> tuple[Any, dict[str, Any]]:
    """Return the graph with its weights in floating point, and the activations' ranges for smoothing."""
    import onnx
    from onnx import numpy_helper
    from safetensors.numpy import load_file

    try:
        model = onnx.load(str(shipped / GRAPH))
        adapters = load_file(str(shipped / ADAPTERS))
        places = json.loads((shipped / PLACES).read_text(encoding="utf-8"))
    except Exception as problem:  # damaged files fail in many ways; the remedy is one
        raise EncoderError(f"{shipped}: damaged ({type(problem).__name__}). Run `git checkout models`.") from problem
    weights = merge_adapters(load_file(str(published / WEIGHTS)), adapters, places["scale"])
    for item in model.graph.initializer:
        place = places["weights"].get(item.name)
        if place:
            value = weights[place["name"]]
            item.CopyFrom(numpy_helper.from_array(value.T.copy() if place["transposed"] else value, item.name))
    ranges = {places["inputs"][name]: adapters[f"range.{name}"].astype(np.float32) for name in places["inputs"]}
    return model, ranges


def merge_adapters(weights: dict[str, Any], adapters: dict[str, Any], scale: float) -> dict[str, Any]:
    """Return the weights with each low-rank pair added: W + scale · B·A (LoRA, Hu et al. 2021)."""
    merged = dict(weights)
    for name in adapters:
        if name.endswith(".A"):
            target = f"{name[:-2]}.weight"
            product = adapters[f"{name[:-2]}.B"].astype(np.float32) @ adapters[name].astype(np.float32)
            merged[target] = (weights[target].astype(np.float32) + scale * product).astype(np.float32)
    return merged
