"""Write what is shipped of a training: the graph without weights, the low-rank pairs, the ranges, and the claims' heads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.model.encoder_build import ADAPTERS, GRAPH, PLACES, assemble
from stemcheck.model.heads import Floats
from stemcheck.training.calibration import chosen_for_calibration, measure_ranges
from stemcheck.training.graph import Place, empty_of_weights, product_inputs
from stemcheck.training.recipe import Recipe
from stemcheck.training.run_files import TRAINED_HEADS, TRAINED_TYPES


def export_encoder(
    graph: Any,
    places: Mapping[str, Place],
    pairs: Mapping[str, Any],
    lower_ranges: Mapping[str, Floats],
    ids: Sequence[Sequence[int]],
    base: Path,
    folder: Path,
    recipe: Recipe,
) -> None:
    """Write graph, pairs and places to a folder. The lower layers keep the ranges that they were trained with."""
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    inputs = {f"i{number}": name for number, name in enumerate(product_inputs(graph))}
    onnx.save(empty_of_weights(graph, places), str(folder / GRAPH))
    weights = {name: asdict(place) for name, place in places.items()}
    described = {"scale": recipe.scale, "inputs": inputs, "weights": weights}
    (folder / PLACES).write_text(json.dumps(described, indent=0) + "\n", encoding="utf-8")
    _save_pairs(pairs, dict.fromkeys(inputs.values(), np.zeros(1, np.float32)), inputs, folder)
    # measured on the trained model as it will be put together, pairs in sixteen bits and all
    trained, _ = assemble(folder, base)
    texts = chosen_for_calibration(ids, recipe.calibration_texts)
    ranges = measure_ranges(trained, texts, folder / "measured.onnx", recipe.threads)
    _save_pairs(pairs, {**ranges, **lower_ranges}, inputs, folder)


def _save_pairs(
    pairs: Mapping[str, Any], ranges: Mapping[str, Floats], inputs: Mapping[str, str], folder: Path
) -> None:
    from safetensors.numpy import save_file

    halved = {name: np.ascontiguousarray(value.numpy().astype(np.float16)) for name, value in pairs.items()}
    named = {f"range.{short}": np.ascontiguousarray(ranges[name], np.float32) for short, name in inputs.items()}
    save_file({**halved, **named}, str(folder / ADAPTERS))
    (folder / ADAPTERS).chmod(0o644)


def export_heads(arrays: Mapping[str, Floats], claim_types: Sequence[str], folder: Path) -> None:
    """Write the heads of claims and mode, which `make refit` starts from."""
    np.savez(folder / TRAINED_HEADS, **arrays)
    (folder / TRAINED_TYPES).write_text(json.dumps({"claim_types": list(claim_types)}), encoding="utf-8")
