"""Multinomial logistic regression on many rows and labels, in seconds: the products by onnxruntime, the steps by SciPy's L-BFGS.

onnxruntime rather than NumPy: the OpenBLAS of NumPy 1.23 does not know newer processors, and then multiplies at a third of their speed.
"""

import os
from typing import Any

import numpy as np

from stemcheck.model.heads import Floats

STRENGTH = 12.0  # inverse of the penalty; chosen on messages kept back
MAX_STEPS = 25  # with more, no more messages kept back are right
BIAS_STEP = 0.3  # of a bias beside a weight: about the spread of the unit vectors, so that both converge alike
KEPT_STEPS = 10  # that L-BFGS remembers
OPSET, IR_VERSION = 17, 8


def fit_regression(vectors: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Return weight [labels, width] and bias [labels], from unit vectors [rows, width] and each row's labels [rows, labels].

    `shares` may divide a row among labels; its sum is the row's weight.
    """
    from scipy.optimize import minimize

    middle = vectors.mean(axis=0)
    objective = _Objective(vectors - middle, shares)
    start = np.zeros(shares.shape[1] * (vectors.shape[1] + 1))
    options = {"maxiter": MAX_STEPS, "maxcor": KEPT_STEPS}
    found = minimize(objective.loss_and_gradient, start, jac=True, method="L-BFGS-B", options=options).x
    weight, bias = objective.unpack(found)
    return weight, np.asarray(bias - weight @ middle, np.float32)


class _Objective:
    """The regression's penalised loss and its gradient, at weights and biases in one row of numbers."""

    def __init__(self, vectors: Floats, shares: Floats) -> None:
        self._rows = {"x": np.ascontiguousarray(vectors, np.float32), "y": np.ascontiguousarray(shares, np.float32)}
        self._shape = shares.shape[1], vectors.shape[1] + 1
        self._session = _open_session()

    def unpack(self, values: Any) -> tuple[Floats, Floats]:
        """Return weight [labels, width] and bias [labels]."""
        table = values.reshape(self._shape).astype(np.float32)
        return np.ascontiguousarray(table[:, :-1]), np.ascontiguousarray(table[:, -1] * np.float32(BIAS_STEP))

    def loss_and_gradient(self, values: Any) -> tuple[float, Any]:
        """Return the loss, and its gradient in the order of the values."""
        weight, bias = self.unpack(values)
        loss, by_weight, by_bias = self._session.run(None, {**self._rows, "w": weight, "b": bias})
        gradient = np.empty(self._shape)
        gradient[:, :-1] = STRENGTH * by_weight + weight
        gradient[:, -1] = STRENGTH * BIAS_STEP * by_bias
        return STRENGTH * float(loss) + 0.5 * float(np.vdot(weight, weight)), gradient.ravel()


def _open_session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    return onnxruntime.InferenceSession(_graph(), options, providers=["CPUExecutionProvider"])


def _graph() -> bytes:
    """Return the graph from x, y, w and b to the loss and its gradient by w and by b."""
    from onnx import TensorProto, helper

    node = helper.make_node
    nodes = [
        node("Gemm", ["x", "w", "b"], ["logits"], transB=1),
        node("LogSoftmax", ["logits"], ["logs"], axis=1),
        node("Mul", ["y", "logs"], ["products"]),
        node("ReduceSum", ["products"], ["sum"], keepdims=0),
        node("Neg", ["sum"], ["loss"]),
        node("Exp", ["logs"], ["probabilities"]),
        node("ReduceSum", ["y", "last"], ["weights"], keepdims=1),
        node("Mul", ["probabilities", "weights"], ["expected"]),
        node("Sub", ["expected", "y"], ["errors"]),
        node("Gemm", ["errors", "x"], ["by_w"], transA=1),
        node("ReduceSum", ["errors", "first"], ["by_b"], keepdims=0),
    ]
    axes = {name: [axis] for name, axis in (("first", 0), ("last", 1))}
    constants = [helper.make_tensor(name, TensorProto.INT64, [1], axis) for name, axis in axes.items()]
    shapes: dict[str, list[str]] = {"x": ["n", "d"], "y": ["n", "k"], "w": ["k", "d"], "b": ["k"]}
    shapes |= {"loss": [], "by_w": ["k", "d"], "by_b": ["k"]}
    given = {name: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()}
    inputs, outputs = [given[name] for name in "xywb"], [given[name] for name in ("loss", "by_w", "by_b")]
    graph = helper.make_graph(nodes, "softmax-regression", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    return bytes(model.SerializeToString())
