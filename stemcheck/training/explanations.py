"""Examples of each claim type with their vectors: what a found claim is compared with, to tell a reviewer why it was found."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from stemcheck.claims.nearest import EXAMPLES
from stemcheck.model.encoder import Encoder
from stemcheck.training.dataset import Row
from stemcheck.training.vectors import in_eight_bits

MAX_PER_TYPE = 120
MAX_CHARS = 160


def save_examples(rows: Sequence[Row], types: Sequence[str], encoder: Encoder, folder: Path) -> None:
    """Write up to MAX_PER_TYPE short examples of each type, chosen at random but always the same, whole or not at all."""
    random = np.random.default_rng(7)
    chosen: dict[str, Row] = {}
    for name in types:
        carrying = [row for row in rows if row.claims and name in row.claims and len(row.text) <= MAX_CHARS]
        for place in random.permutation(len(carrying))[:MAX_PER_TYPE]:
            chosen[carrying[place].text] = carrying[place]
    texts = list(chosen)
    encoded = dict(encoder.encode(texts))
    vectors = np.stack([in_eight_bits(encoded[place].vector) for place in range(len(texts))])
    carries = np.array([[name in (chosen[text].claims or {}) for name in types] for text in texts])
    unfinished = folder / f"{EXAMPLES}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, vectors=vectors, carries=carries, texts=np.array(texts))
    unfinished.replace(folder / EXAMPLES)
