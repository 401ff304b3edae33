"""What the lower layers make of every text, in eight bits as they will run: read once, and kept, since they do not learn."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.model.encoder import MAX_TOKENS, pad
from stemcheck.model.heads import Floats

VECTORS, PLACES, STAMP = "activations.npy", "tokens.npz", "activations.json"
WIDTH = 768
BATCH_TOKENS = 1024
TELL_EVERY = 100  # batches
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Activations:
    """The token vectors of all texts, one below the other, on the disk; text n has the rows from starts[n] to starts[n + 1]."""

    vectors: npt.NDArray[np.float16]
    starts: npt.NDArray[np.int64]

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """The number of tokens of each text."""
        return np.diff(self.starts)

    def read(self, texts: Sequence[int]) -> tuple[Floats, Floats]:
        """Return the token vectors of some texts [texts, longest, width], and the mask: 1 where a token is."""
        lengths = self.lengths[list(texts)]
        hidden = np.zeros((len(texts), int(lengths.max()), WIDTH), np.float32)
        mask = np.zeros(hidden.shape[:2], np.float32)
        for row, (text, length) in enumerate(zip(texts, lengths, strict=True)):
            begins = self.starts[text]
            hidden[row, :length] = self.vectors[begins : begins + length]
            mask[row, :length] = 1
        return hidden, mask


def load_activations(folder: Path, made_from: str) -> Activations | None:
    """Return what a folder holds if it is complete and was made from the same rows and layers."""
    stamp = folder / STAMP
    if not stamp.is_file() or json.loads(stamp.read_text(encoding="utf-8")) != made_from:
        return None
    return Activations(np.load(folder / VECTORS, mmap_mode="r"), np.load(folder / PLACES)["starts"])


def tokenize(texts: Sequence[str], tokenizer_file: Path) -> list[list[int]]:
    """Return the token ids of each text, cut as the encoder cuts them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def write_activations(
    session: Any, ids: Sequence[Sequence[int]], folder: Path, made_from: str, tell: Tell
) -> Activations:
    """Read every text with the lower layers' session and keep the vectors in sixteen bits; the stamp comes last."""
    (folder / STAMP).unlink(missing_ok=True)
    lengths = np.array([len(row) for row in ids], np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shape = (int(starts[-1]), WIDTH)
    kept = np.lib.format.open_memmap(folder / VECTORS, "w+", np.float16, shape)  # type: ignore[no-untyped-call]
    batches = _of_like_length(lengths)
    for number, batch in enumerate(batches):
        padded, mask = pad([ids[text] for text in batch])
        hidden = session.run(None, {"ids": padded, "mask": mask})[0]
        for row, text in enumerate(batch):
            kept[starts[text] : starts[text + 1]] = hidden[row, : lengths[text]]
        if number % TELL_EVERY == 0:
            tell(f"lower layers: {number / len(batches):4.0%}")
    kept.flush()
    np.savez(folder / PLACES, starts=starts)
    (folder / STAMP).write_text(json.dumps(made_from), encoding="utf-8")
    return Activations(np.load(folder / VECTORS, mmap_mode="r"), starts)


def _of_like_length(lengths: npt.NDArray[np.int64]) -> list[list[int]]:
    batches: list[list[int]] = [[]]
    for text in np.argsort(lengths, kind="stable"):
        if batches[-1] and (len(batches[-1]) + 1) * lengths[text] > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(int(text))
    return batches
