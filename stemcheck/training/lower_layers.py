"""The layers that stay, made as stemcheck/model/encoder_build.py makes them: cut, smoothed by the same ranges, in eight bits."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.model.heads import Floats
from stemcheck.model.quantization import halve_embeddings, quantize, smooth
from stemcheck.training.calibration import chosen_for_calibration, measure_ranges
from stemcheck.training.graph import cut_after
from stemcheck.training.recipe import Recipe

LOWER, RANGES = "lower.onnx", "lower-ranges.npz"


def build_lower_layers(
    graph: Any, ids: Sequence[Sequence[int]], folder: Path, recipe: Recipe, made_from: str
) -> dict[str, Floats]:
    """Write the lower layers in eight bits and return their ranges; what was made from the same rows is not made again.

    The ranges go into what is shipped, so that the built encoder divides these layers exactly as they were divided here.
    """
    import onnx

    if (folder / LOWER).is_file() and (known := load_ranges(folder, made_from)):
        return known
    (folder / LOWER).unlink(missing_ok=True)
    cut = cut_after(graph, recipe.frozen_layers)
    texts = chosen_for_calibration(ids, recipe.calibration_texts)
    ranges = measure_ranges(cut, texts, folder / "measured.onnx", recipe.threads)
    smoothed, unfinished = folder / "smoothed.onnx", folder / f"{LOWER}.part"
    onnx.save(halve_embeddings(smooth(cut, ranges)), str(smoothed))
    quantize(smoothed, unfinished)
    smoothed.unlink()
    rows = {f"r{place}": row for place, row in enumerate(ranges.values())}
    np.savez(folder / RANGES, made_from=made_from, names=np.array(list(ranges)), **rows)
    unfinished.replace(folder / LOWER)
    return ranges


def load_ranges(folder: Path, made_from: str) -> dict[str, Floats]:
    """Return the ranges that the lower layers were smoothed by; none when they come from other rows."""
    with np.load(folder / RANGES) as stored:
        if str(stored["made_from"]) != made_from:
            return {}
        return {str(name): stored[f"r{place}"] for place, name in enumerate(stored["names"])}
