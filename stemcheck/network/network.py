"""The network at work: texts in, readings out, run by onnxruntime."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.settings import load_settings

Floats = npt.NDArray[np.float32]

MAX_TOKENS = 128  # what the sentence model was trained on; further words of a sentence are not read
MOST_TOKENS = 2048  # of a batch, padding counted: the memory of a reading grows with them, and is kept by the process
GRAPH, TOKENIZER, LABELS = "network.onnx", "tokenizer.json", "labels.json"
EXAMPLES, EXAMPLE_TEXTS = "examples.npz", "examples.json"
MODES = ("asserted", "reported", "asked")


class NetworkMissing(RuntimeError):
    """The network was not trained yet."""


@dataclass(frozen=True)
class Reading:
    """What the network says of one text.

    `vector` is the text's unit vector [384]; `claims` the probability of each claim type; `attention` [types, tokens] where
    each type looks, `offsets` the tokens' places in the text; `mode` and `intents` are probabilities that add up to 1.
    """

    vector: Floats
    claims: Floats
    attention: Floats
    offsets: tuple[tuple[int, int], ...]
    mode: Floats
    intents: Floats


class Network:
    """The loaded network; build it once by `load_network`."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if not (folder / LABELS).is_file():
            raise NetworkMissing(f"{folder}: no network there. Run `make train`.")
        labels = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        self.claim_types: tuple[str, ...] = tuple(labels["claim_types"])
        self.intents: tuple[str, ...] = tuple(labels["intents"])
        self.trained_from = str(labels.get("trained_from", ""))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
        # threads that wait in a loop would keep a core from the other processes
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Return a reading of each text, in order. Texts of like length share a batch, so that little is spent on padding."""
        encodings = self._tokenizer.encode_batch([text or " " for text in texts])
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))
        found: dict[int, Reading] = {}
        for chosen in batches(order, [len(encoding.ids) for encoding in encodings]):
            found.update(zip(chosen, self._run([encodings[index] for index in chosen]), strict=True))
        return [found[index] for index in range(len(texts))]

    def _run(self, encodings: list[Any]) -> Iterator[Reading]:
        ids, mask = pad([encoding.ids for encoding in encodings])
        names = ["vector", "claims", "attention", "mode", "intents"]
        vector, claims, attention, mode, intents = self._session.run(names, {"ids": ids, "mask": mask})
        for row, encoding in enumerate(encodings):
            yield Reading(
                vector[row] / np.linalg.norm(vector[row]),
                1 / (1 + np.exp(-claims[row])),
                attention[row, :, : len(encoding.ids)],
                tuple(encoding.offsets),
                _softmax(mode[row]),
                _softmax(intents[row]),
            )


def batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the texts in batches of bounded size; `order` holds them from the shortest to the longest."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > MOST_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def pad(ids: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return token ids as one array [texts, longest], and the mask: 1 where a token is, 0 where there is padding."""
    longest = max(len(row) for row in ids)
    padded = np.zeros((len(ids), longest), np.int64)
    mask = np.zeros((len(ids), longest), np.float32)
    for number, row in enumerate(ids):
        padded[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return padded, mask


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)


def network_folder() -> Path:
    """Return where `make train` puts the network."""
    return load_settings().models_folder / "network"


@lru_cache(maxsize=1)
def load_network() -> Network:
    """Return the one network of this process. Raises NetworkMissing before the first training."""
    return Network(network_folder())
