"""Questions that got no answer, grouped by meaning: "what does it cost?" and "could we afford it?" share no word.

The model's vectors are kept in memory alone, since they are made of visitors' words: what is erased is gone with the process,
and nothing of it reaches a disk.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from stemcheck.web.review.likeness import Group, largest_first

if TYPE_CHECKING:
    from stemcheck.model.heads import Floats
    from stemcheck.model.inference import Predictor

ALIKE = 0.65  # cosine, on average over two groups; chosen on tests/web/review/refused-questions.yml
READ_AT_ONCE = 8  # questions that a page may wait for; about 10 ms each
KEPT = 2000  # vectors, 3 MB


def load_model() -> "Predictor":
    """Return the model as it is now. Raises ModelMissing."""
    from stemcheck.model import inference

    return inference.load_model()


class QuestionVectors:
    """The vectors of the questions that were asked for last."""

    def __init__(self, load: "Callable[[], Predictor]" = load_model) -> None:
        self._load = load
        self._known: OrderedDict[bytes, Floats] = OrderedDict()
        self._key = secrets.token_bytes(16)
        self._lock = Lock()

    def unread(self, texts: Sequence[str]) -> list[str]:
        """Return the texts whose vectors are not known yet."""
        return [text for text in dict.fromkeys(texts) if self._digest(text) not in self._known]

    def read(self, texts: Sequence[str]) -> None:
        """Read what is not known yet. Raises ModelMissing."""
        with self._lock:  # two pages that ask for the same questions read them once
            new = self.unread(texts)
            for text, prediction in zip(new, self._load().predict(new) if new else [], strict=True):
                self._known[self._digest(text)] = prediction.vector
            while len(self._known) > KEPT:
                self._known.popitem(last=False)

    def find(self, texts: Sequence[str]) -> "Floats | None":
        """Return the vectors [texts, width], or None when one of them is not known."""
        found = [self._known.get(self._digest(text)) for text in texts]
        known = [vector for vector in found if vector is not None]
        return np.stack(known) if known and len(known) == len(found) else None

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()


def group_by_meaning(questions: Sequence[dict[str, Any]], vectors: "Floats") -> list[Group]:
    """Return groups of questions that mean alike, the largest first; `vectors` has a row for each question."""
    if len(questions) < 2:
        return [Group([question]) for question in questions]
    from scipy.cluster.hierarchy import fcluster, linkage

    numbers = fcluster(linkage(vectors, "average", metric="cosine"), 1 - ALIKE, "distance")
    groups: dict[int, Group] = {}
    for question, number in zip(questions, numbers, strict=True):
        groups.setdefault(int(number), Group([])).questions.append(question)
    return largest_first(list(groups.values()))
