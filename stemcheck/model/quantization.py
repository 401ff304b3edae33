"""Smooth a graph's activations into its weights, and turn the products into eight-bit ones.

MPNet's activations have a few channels fifty times as large as the rest, which one scale a tensor cannot hold in eight bits.
Each channel is divided by a scale that its weights are multiplied by (SmoothQuant, Xiao et al. 2022), which changes nothing in
floating point; measured in docs/decisions/0006: cosine to the float vectors 0.9125 without, 0.9956 with it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SMOOTHING = 0.8  # how much of a channel's range moves into the weights; chosen among 0.5 to 0.9 on 117 texts
MIN_SCALE, MAX_SCALE = 1e-2, 1e3


def weighted_products(model: Any) -> list[Any]:
    """Return the nodes that multiply by a weight, in order."""
    stored = {item.name for item in model.graph.initializer}
    return [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in stored]


def channel_scales(ranges: Floats, weights: list[Floats]) -> Floats:
    """Return the scale of each input channel [channels], from its largest activation and the products' largest weights."""
    largest = np.max([np.abs(weight).max(axis=1) for weight in weights], axis=0)
    raw = np.maximum(ranges, 1e-5) ** SMOOTHING / np.maximum(largest, 1e-5) ** (1 - SMOOTHING)
    return np.asarray(np.clip(raw / np.exp(np.mean(np.log(raw))), MIN_SCALE, MAX_SCALE), np.float32)


def smooth(model: Any, ranges: Mapping[str, Floats]) -> Any:
    """Return the ONNX model with each product's input divided, and its weight multiplied, by the channels' scales.

    `ranges` holds the largest activation of each channel by the name of the product's input.
    """
    from onnx import helper, numpy_helper

    stored = {item.name: item for item in model.graph.initializer}
    by_input: dict[str, list[Any]] = {}
    for node in weighted_products(model):
        by_input.setdefault(node.input[0], []).append(node)
    smoothed: list[Any] = []
    for node in list(model.graph.node):
        source = node.input[0] if node.op_type == "MatMul" else ""
        group = by_input.pop(source, [])
        if group:
            scale = channel_scales(ranges[source], [numpy_helper.to_array(stored[one.input[1]]) for one in group])
            name = f"smooth_{len(smoothed)}"
            model.graph.initializer.append(numpy_helper.from_array(1 / scale, name))
            smoothed.append(helper.make_node("Mul", [source, name], [f"{name}_output"], name=name))
            for one in group:
                weight = numpy_helper.to_array(stored[one.input[1]]) * scale[:, None]
                stored[one.input[1]].CopyFrom(numpy_helper.from_array(weight.astype(np.float32), one.input[1]))
                one.input[0] = f"{name}_output"
        smoothed.append(node)
    del model.graph.node[:]
    model.graph.node.extend(smoothed)
    return model


def halve_embeddings(model: Any) -> Any:
    """Return the model with its word vectors in sixteen bits: half the memory, and the same vectors to three digits."""
    from onnx import TensorProto, helper, numpy_helper

    looked_up = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}
    tables = [item for item in model.graph.initializer if item.name in looked_up]
    table = max(tables, key=lambda item: int(np.prod(item.dims)))
    name = table.name
    table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table).astype(np.float16), name))
    lookup = next(node for node in model.graph.node if node.op_type == "Gather" and node.input[0] == name)
    wide, lookup.output[0] = lookup.output[0], f"{lookup.output[0]}_half"
    place = list(model.graph.node).index(lookup) + 1
    model.graph.node.insert(
        place, helper.make_node("Cast", [lookup.output[0]], [wide], name="widen_words", to=TensorProto.FLOAT)
    )
    return model


def quantize(source: Path, target: Path) -> None:
    """Write the model at `source` with eight-bit products to `target`; the activations' scale is found for each run."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source), str(target), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"]
    )
