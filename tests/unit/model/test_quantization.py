"""Smoothing moves an activation's range into the weights and changes no product; eight bits are then closer to the truth."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from stemcheck.model.quantization import MAX_SCALE, MIN_SCALE, channel_scales, halve_embeddings, quantize, smooth

WIDTH, WORDS = 32, 50
RANDOM = np.random.default_rng(3)
EMBEDDINGS = RANDOM.normal(size=(WORDS, WIDTH)).astype(np.float32)
EMBEDDINGS[:, 5] *= 60  # one channel sixty times as large as the rest, as in MPNet
FIRST, SECOND = (RANDOM.normal(size=(WIDTH, WIDTH)).astype(np.float32) for _ in range(2))
IDS = np.arange(WORDS).reshape(5, 10)


def graph():
    """Return words looked up and multiplied by two weights, as query and key of an attention are."""
    nodes = [
        helper.make_node("Gather", ["words", "ids"], ["x"]),
        helper.make_node("MatMul", ["x", "first"], ["query"]),
        helper.make_node("MatMul", ["x", "second"], ["key"]),
        helper.make_node("Add", ["query", "key"], ["out"]),
    ]
    weights = [
        numpy_helper.from_array(value, name)
        for value, name in ((EMBEDDINGS, "words"), (FIRST, "first"), (SECOND, "second"))
    ]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [5, 10])
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, [5, 10, WIDTH])
    made = helper.make_graph(nodes, "small", [ids], [out], weights)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model):
    """Return what a model, or the file of one, makes of the words."""
    stored = model.SerializeToString() if isinstance(model, onnx.ModelProto) else str(model)
    session = onnxruntime.InferenceSession(stored, providers=["CPUExecutionProvider"])
    return session.run(None, {"ids": IDS})[0]


RANGES = {"x": np.abs(EMBEDDINGS).max(axis=0)}
EXACT = (EMBEDDINGS @ (FIRST + SECOND))[IDS]


def error_in_eight_bits(model, folder, name):
    """Return how far the quantized model is from the truth, as a share of it."""
    onnx.save(model, str(folder / f"{name}.onnx"))
    quantize(folder / f"{name}.onnx", folder / f"{name}-8.onnx")
    return float(np.linalg.norm(run(folder / f"{name}-8.onnx") - EXACT) / np.linalg.norm(EXACT))


def test_smoothing_keeps_every_product():
    smoothed = smooth(graph(), RANGES)

    onnx.checker.check_model(smoothed)
    assert np.allclose(run(smoothed), EXACT, rtol=1e-4, atol=1e-3)


def test_products_of_one_input_share_one_division():
    smoothed = smooth(graph(), RANGES)

    assert [node.op_type for node in smoothed.graph.node] == ["Gather", "Mul", "MatMul", "MatMul", "Add"]


def test_smoothing_brings_eight_bits_nearer_to_the_truth(tmp_path):
    plain = error_in_eight_bits(graph(), tmp_path, "plain")
    smoothed = error_in_eight_bits(smooth(graph(), RANGES), tmp_path, "smoothed")

    assert smoothed < plain / 2
    assert smoothed < 0.02


def test_larger_channels_get_larger_scales_within_bounds():
    scales = channel_scales(RANGES["x"], [FIRST, SECOND])

    assert scales.argmax() == 5
    assert (scales >= MIN_SCALE).all() and (scales <= MAX_SCALE).all()


@pytest.mark.parametrize("ranges", [np.zeros(WIDTH, np.float32), np.full(WIDTH, 1e9, np.float32)])
def test_scales_are_numbers_whatever_the_ranges(ranges):
    assert np.isfinite(channel_scales(ranges, [FIRST])).all()


def test_word_vectors_in_sixteen_bits_give_the_same_to_three_digits():
    halved = halve_embeddings(graph())

    table = next(item for item in halved.graph.initializer if item.name == "words")
    assert table.data_type == TensorProto.FLOAT16
    assert np.allclose(run(halved), EXACT, rtol=5e-3, atol=0.2)
