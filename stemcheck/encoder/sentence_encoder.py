"""Sentence vectors from all-MiniLM-L6-v2, run by onnxruntime."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.encoder.weights import WEIGHTS_SHA256, check_weights, model_folder
from stemcheck.settings import load_settings

Vectors = npt.NDArray[np.float32]

MAX_TOKENS = 128  # what the model was trained on; further words of a sentence are not read
BATCH = 32



@dataclass(frozen=True)
class Encoded:
    """One text's token vectors [tokens, 384], each token's place in the text, and the text's unit vector [384]."""

    tokens: Vectors
    offsets: list[tuple[int, int]]
    vector: Vectors


class SentenceEncoder:
    """Turns texts into vectors. Holds the loaded model; build it once by `load_encoder`."""

    def __init__(self, graph: Path, tokenizer: Path, *, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
        # spinning threads keep a core busy after each call, which the other processes need
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """Yield each text's vectors, in order. Texts of like length share a batch, so that little is spent on padding."""
        encodings = self._tokenizer.encode_batch([text or " " for text in texts])
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))
        found: dict[int, Encoded] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            for index, item in zip(chosen, self._run([encodings[index] for index in chosen]), strict=True):
                found[index] = item
        return (found[index] for index in range(len(texts)))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of the texts, [texts, 384]."""
        return np.stack([item.vector for item in self.encode(texts)])

    def _run(self, encodings: list[Any]) -> Iterator[Encoded]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        mask = np.zeros((len(encodings), longest), np.float32)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        (output,) = self._session.run(None, {"ids": ids, "mask": mask})
        for row, encoding in enumerate(encodings):
            tokens = output[row, : len(encoding.ids)]
            mean = tokens.mean(axis=0)
            yield Encoded(tokens, list(encoding.offsets), mean / np.linalg.norm(mean))


def prepare_graph(folder: Path | None = None) -> Path:
    """Return the ONNX graph of the checked weights; write it first when it is not there. Takes about 3 seconds once."""
    from safetensors.numpy import load_file

    from stemcheck.encoder.graph import write_graph

    weights_file = check_weights(folder or model_folder(load_settings().sentence_model))
    path = load_settings().models_folder / "encoder" / f"{WEIGHTS_SHA256[:16]}.onnx"
    if not path.is_file():
        weights = load_file(str(weights_file))
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        write_graph(weights, unfinished)
        unfinished.replace(path)
    return path


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """Return the one encoder of this process. Raises WeightsError when the weights are missing or wrong."""
    folder = model_folder(load_settings().sentence_model)
    return SentenceEncoder(prepare_graph(folder), folder / "tokenizer.json")
