"""Which training examples a claim is most like: the explanation that a reviewer sees."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from stemcheck.network.network import EXAMPLE_TEXTS, EXAMPLES, Floats, NetworkMissing, network_folder


class NearestExamples:
    """The vectors of all examples, by claim type. Raises NetworkMissing when they are not beside the network."""

    def __init__(self, folder: Path) -> None:
        if not (folder / EXAMPLES).is_file():
            raise NetworkMissing(f"{folder / EXAMPLES} is missing. Delete the folder and run `make train`.")
        stored = np.load(folder / EXAMPLES)
        self._vectors, self._carries = stored["vectors"], stored["carries"]
        self._texts: list[str] = json.loads((folder / EXAMPLE_TEXTS).read_text(encoding="utf-8"))

    def find(self, claim_type: int, vector: Floats, most: int = 2) -> tuple[str, ...]:
        """Return the examples of a claim type (its row in the network's list) that are nearest to a unit vector [384]."""
        rows = np.flatnonzero(self._carries[:, claim_type])
        nearness = self._vectors[rows].astype(np.float32) @ vector
        return tuple(self._texts[rows[place]] for place in nearness.argsort()[::-1][:most])


@lru_cache(maxsize=1)
def load_nearest() -> NearestExamples:
    """Return the examples of this process' network. Raises NetworkMissing."""
    return NearestExamples(network_folder())
