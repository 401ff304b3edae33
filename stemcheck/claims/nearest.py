"""Which training examples a claim is most like: the explanation that a reviewer sees."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from stemcheck.model.heads import Floats, read_arrays
from stemcheck.model.inference import models_folder

EXAMPLES = "examples.npz"


class NearestExamples:
    """The vectors of some examples of each claim type. Raises ModelMissing when they are missing or damaged."""

    def __init__(self, folder: Path) -> None:
        stored = read_arrays(folder / EXAMPLES)
        self._vectors, self._carries = stored["vectors"], stored["carries"]
        self._texts: list[str] = stored["texts"].tolist()

    def find(self, claim_type: int, vector: Floats, most: int = 2) -> tuple[str, ...]:
        """Return the examples of a claim type (its row in the model's list) that are nearest to a unit vector [width]."""
        rows = np.flatnonzero(self._carries[:, claim_type])
        nearness = self._vectors[rows].astype(np.float32) @ vector
        return tuple(self._texts[rows[place]] for place in nearness.argsort()[::-1][:most])


@lru_cache(maxsize=1)
def load_nearest() -> NearestExamples:
    """Return the examples of this process' model. Raises ModelMissing."""
    return NearestExamples(models_folder())
