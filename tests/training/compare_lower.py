"""Print the largest difference between what the lower layers made for the training and what the built encoder makes of them.

`python -m tests.training.compare_lower WORK BUILT`, in .venv-train.
"""

import sys
from pathlib import Path

import numpy as np
import onnx

from stemcheck.model.encoder_build import ENCODER
from stemcheck.training.calibration import open_session
from stemcheck.training.lower_layers import LOWER

IDS = np.array([[0, 7878, 4442, 9080, 5796, 1016, 2]])

if __name__ == "__main__":
    work, built = Path(sys.argv[1]), Path(sys.argv[2])
    lower = open_session(work / LOWER, 1)
    end = lower.get_outputs()[0].name
    graph = onnx.load(str(built / ENCODER))
    graph.graph.output.append(onnx.helper.make_tensor_value_info(end, onnx.TensorProto.FLOAT, None))
    onnx.save(graph, str(work / "compared.onnx"))
    feed = {"ids": IDS, "mask": np.ones(IDS.shape, np.float32)}
    kept, runs = lower.run([end], feed)[0], open_session(work / "compared.onnx", 1).run([end], feed)[0]
    print(float(np.abs(kept - runs).max()))
