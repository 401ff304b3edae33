"""The largest activation of each channel, which decides how a graph is smoothed before it is put into eight bits."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.model.encoder import pad
from stemcheck.model.heads import Floats
from stemcheck.training.graph import product_inputs


def measure_ranges(graph: Any, ids: Sequence[Sequence[int]], scratch: Path, threads: int) -> dict[str, Floats]:
    """Return the largest activation of each channel [channels], by the tensor's name, over some texts; `scratch` is written over."""
    import onnx

    names = product_inputs(graph)
    measured = onnx.ModelProto()
    measured.CopyFrom(graph)
    known = {output.name for output in graph.graph.output}
    new = [name for name in names if name not in known]
    measured.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in new)
    onnx.save(measured, str(scratch))
    session, found = open_session(scratch, threads), dict[str, Floats]()
    for row in ids:
        padded, mask = pad([row])
        for name, value in zip(names, session.run(names, {"ids": padded, "mask": mask}), strict=True):
            largest = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            found[name] = np.maximum(found[name], largest) if name in found else largest
    scratch.unlink()
    return found


def chosen_for_calibration(ids: Sequence[Sequence[int]], most: int) -> list[Sequence[int]]:
    """Return some texts, spread evenly over all of them."""
    return [ids[int(place)] for place in np.linspace(0, len(ids) - 1, min(most, len(ids)))]


def open_session(path: Path, threads: int) -> Any:
    """Return a session of onnxruntime with so many threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
