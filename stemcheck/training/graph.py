"""The encoder as an ONNX graph: written from PyTorch, emptied of weights for shipping, and cut after the layers that stay."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from stemcheck.model.quantization import weighted_products
from stemcheck.training.adapters import run_layers

INPUTS_A_LAYER = (
    4  # a layer multiplies four tensors by weights: its input, what attention found, and both of the two wide products
)
OPSET = 17
LEAST_WEIGHTS = 64  # smaller constants are part of the graph


@dataclass(frozen=True)
class Place:
    """Which published weight stands at a place of the graph, and whether turned over."""

    name: str
    transposed: bool


class _WholeEncoder(nn.Module):
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.m = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return run_layers(self.m, self.m.embeddings(input_ids=ids), mask, 0)


def write_graph(model: Any, path: Path) -> Any:
    """Write the published model, ids and mask in and token vectors out, and return the graph with its weights."""
    import onnx

    shapes = {name: {0: "texts", 1: "tokens"} for name in ("ids", "mask", "hidden")}
    example = (torch.arange(18).reshape(2, 9) + 3, torch.ones(2, 9))
    names = {"input_names": ["ids", "mask"], "output_names": ["hidden"], "dynamic_axes": shapes}
    torch.onnx.export(_WholeEncoder(model).eval(), example, str(path), opset_version=OPSET, dynamo=False, **names)
    return onnx.load(str(path))


def find_places(graph: Any, published: Mapping[str, npt.NDArray[np.float32]]) -> dict[str, Place]:
    """Return where each published weight stands. Raises ValueError when the graph holds one that is not published."""
    from onnx import numpy_helper

    by_look = {}
    for name, value in published.items():
        by_look[_look(value)] = Place(name, False)
    for name, value in published.items():
        if value.ndim == 2:
            by_look.setdefault(_look(value.T), Place(name, True))
    places = {}
    for item in graph.graph.initializer:
        value = numpy_helper.to_array(item)
        if value.dtype == np.float32 and value.size >= LEAST_WEIGHTS:
            place = by_look.get(_look(value))
            if place is None:
                raise ValueError(
                    f"{item.name}: no published weight looks like it. Was the model changed before the export?"
                )
            places[item.name] = place
    return places


def _look(value: npt.NDArray[np.float32]) -> tuple[tuple[int, ...], bytes]:
    """Return what a weight is recognised by: its shape and its bytes (hashed)."""
    return value.shape, hashlib.sha256(np.ascontiguousarray(value).tobytes()).digest()


def empty_of_weights(graph: Any, places: Mapping[str, Place]) -> Any:
    """Return the graph without the weights that are put in again when the encoder is built."""
    for item in graph.graph.initializer:
        if item.name in places:
            item.ClearField("float_data")
            item.raw_data = b""
    return graph


def product_inputs(graph: Any) -> list[str]:
    """Return the names of all tensors that are multiplied by weights, in order, each once."""
    return list(dict.fromkeys(node.input[0] for node in weighted_products(graph)))


def cut_after(graph: Any, layers: int) -> Any:
    """Return a copy of the graph that ends with the token vectors after so many layers."""
    import onnx

    cut = onnx.ModelProto()
    cut.CopyFrom(graph)
    end = product_inputs(graph)[layers * INPUTS_A_LAYER]
    wanted, nodes = {end}, []
    for node in reversed(list(cut.graph.node)):
        if wanted & set(node.output):
            nodes.append(node)
            wanted |= set(node.input)
    weights = [item for item in cut.graph.initializer if item.name in wanted]
    for field, kept in ((cut.graph.node, nodes[::-1]), (cut.graph.initializer, weights)):
        copies = [type(item).FromString(item.SerializeToString()) for item in kept]
        del field[:]
        field.extend(copies)
    del cut.graph.output[:]
    cut.graph.output.append(onnx.helper.make_tensor_value_info(end, onnx.TensorProto.FLOAT, None))
    return cut
