"""The unit vectors of the texts that the heads are fitted on, kept in eight bits: a refit reads only what is new."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stemcheck.model.encoder import Encoder
from stemcheck.model.heads import Floats, ModelMissing, read_arrays

FILE = "vectors.npz"
KEY_BYTES = 8


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


def save_vectors(vectors: Mapping[bytes, npt.NDArray[np.int8]], folder: Path) -> None:
    """Write the vectors, whole or not at all."""
    keys = np.frombuffer(b"".join(vectors), np.uint8).reshape(-1, KEY_BYTES)
    unfinished = folder / f"{FILE}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, keys=keys, vectors=np.stack(list(vectors.values())))
    unfinished.replace(folder / FILE)


def in_eight_bits(vector: Floats) -> npt.NDArray[np.int8]:
    """Return a vector as whole numbers from -127 to 127; its length is lost, its direction is not."""
    return np.asarray(np.round(vector / np.abs(vector).max() * 127), np.int8)


def vectors_of(
    texts: Sequence[str], encoder: Encoder, known: dict[bytes, npt.NDArray[np.int8]]
) -> tuple[Floats, dict[bytes, npt.NDArray[np.int8]]]:
    """Return the unit vectors of the texts [texts, width], and all of them in eight bits; only unknown texts are read."""
    keys = [key_of(text) for text in texts]
    new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.values())
    read = {key_of(new[place]): in_eight_bits(encoded.vector) for place, encoded in encoder.encode(new)} if new else {}
    found = {key: read[key] if key in read else known[key] for key in keys}
    stacked = np.stack([found[key] for key in keys]).astype(np.float32)
    return stacked / np.linalg.norm(stacked, axis=1, keepdims=True), found
