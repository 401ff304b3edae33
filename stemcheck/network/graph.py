"""Write the network as an ONNX graph, which onnxruntime runs three times as fast as NumPy does (benchmarks/README.md).

The sentence model is BERT (Devlin et al. 2019) in the shape of MiniLM (Wang et al. 2020): 6 layers, 384 wide, 12 heads.
Each claim type has its own attention over the tokens (Mullenbach et al. 2018), which also shows where in the text the claim is.
"""

from pathlib import Path
from typing import Any

import numpy as np

LAYERS, WIDTH, HEADS = 6, 384, 12
LAYER_NORM_EPSILON = 1e-12


class _GraphWriter:
    """Collects nodes and weights; every method returns the name of what it computes."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, name: str, value: Any) -> str:
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        value = self.weights[name]
        return self.constant(f"{name}.T", value.T) if transposed else self.constant(name, value)

    def linear(self, x: str, name: str) -> str:
        product = self.node("MatMul", x, self.weight(f"{name}.weight", transposed=True))
        return self.node("Add", product, self.weight(f"{name}.bias"))

    def layer_norm(self, x: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", x, scale, shift, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def scalar(self, value: float) -> str:
        return self.constant(f"scalar_{value}", np.array(value, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant("integers_" + "_".join(map(str, values)), np.array(values, np.int64))


def _embeddings(write: _GraphWriter) -> str:
    words = write.node("Gather", write.weight("embeddings.word_embeddings.weight"), "ids")
    length = write.node("Gather", write.node("Shape", "ids"), write.integers(1))
    positions = write.weight("embeddings.position_embeddings.weight")
    placed = write.node("Add", words, write.node("Slice", positions, write.integers(0), length))
    segment = write.constant("segment", write.weights["embeddings.token_type_embeddings.weight"][0])
    return write.layer_norm(write.node("Add", placed, segment), "embeddings.LayerNorm")


def _attention(write: _GraphWriter, x: str, layer: str, mask: str) -> str:
    def heads(part: str, order: list[int]) -> str:
        projected = write.linear(x, f"{layer}.attention.self.{part}")
        shaped = write.node("Reshape", projected, write.integers(0, 0, HEADS, WIDTH // HEADS))
        return write.node("Transpose", shaped, perm=order)

    query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    scores = write.node("Mul", write.node("MatMul", query, key), write.scalar(float((WIDTH // HEADS) ** -0.5)))
    shares = write.node("Softmax", write.node("Add", scores, mask), axis=-1)
    mixed = write.node("Transpose", write.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    return write.linear(write.node("Reshape", mixed, write.integers(0, 0, WIDTH)), f"{layer}.attention.output.dense")


def _feed_forward(write: _GraphWriter, x: str, layer: str) -> str:
    wide = write.linear(x, f"{layer}.intermediate.dense")
    error = write.node("Erf", write.node("Mul", wide, write.scalar(float(2**-0.5))))
    gelu = write.node("Mul", write.node("Mul", wide, write.node("Add", error, write.scalar(1.0))), write.scalar(0.5))
    return write.linear(gelu, f"{layer}.output.dense")


def _mean(write: _GraphWriter, x: str) -> str:
    """The mean of the token vectors, padding left out: [batch, 384]."""
    mask = write.node("Unsqueeze", "mask", write.integers(2))
    total = write.node("ReduceSum", write.node("Mul", x, mask), write.integers(1), keepdims=0)
    return write.node("Div", total, write.node("ReduceSum", "mask", write.integers(1), keepdims=1))


def _claim_head(write: _GraphWriter, x: str, mean: str) -> tuple[str, str]:
    """Logits of the claim types [batch, types], and where each type looks [batch, types, tokens]."""
    looks = write.node("MatMul", write.weight("claims.query"), write.node("Transpose", x, perm=[0, 2, 1]))
    hidden = write.node("Mul", write.node("Sub", write.scalar(1.0), "mask"), write.scalar(-1e9))
    attention = write.node(
        "Softmax", write.node("Add", looks, write.node("Unsqueeze", hidden, write.integers(1))), axis=-1
    )
    seen = write.node("Add", write.node("MatMul", attention, x), write.node("Unsqueeze", mean, write.integers(1)))
    weighed = write.node("Mul", seen, write.weight("claims.weight"))
    logits = write.node(
        "Add", write.node("ReduceSum", weighed, write.integers(2), keepdims=0), write.weight("claims.bias")
    )
    return logits, attention


def write_graph(weights: dict[str, Any], path: Path, *, heads: bool) -> None:
    """Write the network to `path`. Inputs: `ids` [batch, tokens] and `mask` (1 token, 0 padding).

    Outputs: `vector` [batch, 384]; with `heads` also `claims` [batch, types], `attention` [batch, types, tokens],
    `mode` [batch, 3] and `intents` [batch, intents], logits all but the attention.
    """
    write = _GraphWriter(weights)
    x = _embeddings(write)
    hidden = write.node("Mul", write.node("Sub", write.scalar(1.0), "mask"), write.scalar(-1e9))
    mask = write.node("Unsqueeze", hidden, write.integers(1, 2))
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        x = write.layer_norm(
            write.node("Add", x, _attention(write, x, layer, mask)), f"{layer}.attention.output.LayerNorm"
        )
        x = write.layer_norm(write.node("Add", x, _feed_forward(write, x, layer)), f"{layer}.output.LayerNorm")
    outputs = {"vector": _mean(write, x)}
    if heads:
        outputs["claims"], outputs["attention"] = _claim_head(write, x, outputs["vector"])
        outputs |= {head: write.linear(outputs["vector"], head) for head in ("mode", "intents")}
    _save(write, outputs, path)


def _save(write: _GraphWriter, outputs: dict[str, str], path: Path) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    write.nodes.extend(helper.make_node("Identity", [name], [output]) for output, name in outputs.items())
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["batch", "tokens"]),
    ]
    declared = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    stored = [numpy_helper.from_array(value, name) for name, value in write.constants.items()]
    graph = helper.make_graph(write.nodes, "stemcheck", inputs, declared, stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, str(path))
