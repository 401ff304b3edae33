"""The unit vectors of the texts that the heads are fitted on, kept in eight bits: a refit reads only what is new."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stemcheck.model.encoder import Encoder
from stemcheck.model.heads import Floats, ModelMissing, read_arrays

FILE = "vectors.npz"
KEY_BYTES = 8
TOLD_EVERY = 50  # texts


def key_of(text: str) -> bytes:
    """Return what a text is found by."""
    return hashlib.blake2b(text.encode(), digest_size=KEY_BYTES).digest()


def load_vectors(folder: Path) -> dict[bytes, npt.NDArray[np.int8]]:
    """Return the stored vectors in eight bits by their texts' keys; none where there is no usable file."""
    try:
        stored = read_arrays(folder / FILE)
        keys, rows = stored["keys"], stored["vectors"]
    except (ModelMissing, KeyError):
        return {}
    return {keys[place].tobytes(): rows[place] for place in range(len(keys))}


def load_learned(folder: Path) -> frozenset[bytes] | None:
    """Return the keys of the rows that the claims' head has learned; None where nothing tells."""
    try:
        with np.load(folder / FILE) as stored:
            learned = stored["learned"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return frozenset(row.tobytes() for row in learned)


def save_vectors(vectors: Mapping[bytes, npt.NDArray[np.int8]], folder: Path, learned: Sequence[bytes]) -> None:
    """Write the vectors and the keys of the rows that the claims' head has learned, whole or not at all."""
    unfinished = folder / f"{FILE}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(
            file, keys=_as_table(vectors), vectors=np.stack(list(vectors.values())), learned=_as_table(learned)
        )
    unfinished.replace(folder / FILE)


def _as_table(keys: Iterable[bytes]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES)


def in_eight_bits(vector: Floats) -> npt.NDArray[np.int8]:
    """Return a vector as whole numbers from -127 to 127; its length is lost, its direction is not."""
    return np.asarray(np.round(vector / np.abs(vector).max() * 127), np.int8)


def vectors_of(
    texts: Sequence[str],
    encoder: Encoder,
    known: dict[bytes, npt.NDArray[np.int8]],
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Floats, dict[bytes, npt.NDArray[np.int8]]]:
    """Return the unit vectors of the texts [texts, width], and all of them in eight bits; only unknown texts are read."""
    keys = [key_of(text) for text in texts]
    new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.values())
    read = _read(new, encoder, tell) if new else {}
    found = {key: read[key] if key in read else known[key] for key in keys}
    stacked = np.stack([found[key] for key in keys]).astype(np.float32)
    return stacked / np.linalg.norm(stacked, axis=1, keepdims=True), found


def _read(texts: Sequence[str], encoder: Encoder, tell: Callable[[str], None]) -> dict[bytes, npt.NDArray[np.int8]]:
    read: dict[bytes, npt.NDArray[np.int8]] = {}
    for place, encoded in encoder.encode(texts):
        if len(read) % TOLD_EVERY == 0:
            tell(f"Reading new messages: {len(read):,} of {len(texts):,}")
        read[key_of(texts[place])] = in_eight_bits(encoded.vector)
    return read
