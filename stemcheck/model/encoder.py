"""The encoder at work: texts in, token vectors out, run by onnxruntime."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.model.base_weights import TOKENIZER
from stemcheck.model.encoder_build import ENCODER
from stemcheck.model.heads import Floats, ModelMissing

MAX_TOKENS = 128  # further words of a sentence are not read
MAX_BATCH_TOKENS = 1024  # bounds the memory of a run; longer batches are no quicker on two cores
PADDING = 1  # MPNet's id for it
MAX_THREADS = 4
FEW_TEXTS = 16


@dataclass(frozen=True)
class Encoded:
    """A text's token vectors [tokens, width], and the tokens' places in the text."""

    tokens: Floats
    offsets: tuple[tuple[int, int], ...]

    @property
    def mean(self) -> Floats:
        """The mean of the token vectors [width]."""
        return np.asarray(self.tokens.mean(axis=0), np.float32)

    @property
    def vector(self) -> Floats:
        """The text's unit vector [width]."""
        return unit(self.mean)


def unit(mean: Floats) -> Floats:
    """Return the vector of length 1 that points as a mean of token vectors does."""
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


class Encoder:
    """The loaded encoder. Raises ModelMissing when it was not built yet or does not load."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if not (folder / ENCODER).is_file():
            raise ModelMissing(f"{folder}: no encoder there. Run `make setup`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(MAX_THREADS, os.cpu_count() or 1)
        options.enable_cpu_mem_arena = False  # what a long text took is given back
        # threads that wait in a loop would keep a core from the other processes
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / ENCODER), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as problem:  # onnxruntime and tokenizers raise their own kinds for a damaged file
            raise ModelMissing(
                f"{folder}: the encoder does not load ({type(problem).__name__}). Delete the folder and run `make setup`."
            ) from problem
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Yield each text's place and vectors. Texts of like length share a run, so that little is spent on padding."""
        encodings = self._tokenize([text or " " for text in texts])
        order = sorted(range(len(texts)), key=lambda place: len(encodings[place].ids))
        for chosen in _batches(order, [len(encoding.ids) for encoding in encodings]):
            ids, mask = pad([encodings[place].ids for place in chosen])
            hidden = self._session.run(None, {"ids": ids, "mask": mask})[0]
            for row, place in enumerate(chosen):
                encoding = encodings[place]
                yield place, Encoded(hidden[row, : len(encoding.ids)], tuple(encoding.offsets))

    def _tokenize(self, texts: Sequence[str]) -> list[Any]:
        # waking other threads for one message takes longer than its tokens
        if len(texts) <= FEW_TEXTS:
            return [self._tokenizer.encode(text) for text in texts]
        return list(self._tokenizer.encode_batch(texts))


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for place in order:
        if batch and (len(batch) + 1) * lengths[place] > MAX_BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def pad(ids: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return token ids as one array [texts, longest], and the mask: 1 where a token is, 0 where there is padding."""
    longest = max(len(row) for row in ids)
    padded: Any = np.full((len(ids), longest), PADDING, np.int64)
    mask = np.zeros((len(ids), longest), np.float32)
    for number, row in enumerate(ids):
        padded[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return padded, mask
