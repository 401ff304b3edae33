"""The model at work: texts in, predictions out. The encoder stays; the heads are taken up anew when a refit wrote them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from stemcheck.model.encoder import Encoded, Encoder, unit
from stemcheck.model.heads import FITTED, HEADS, Floats, Heads, ModelMissing, load_heads
from stemcheck.settings import load_settings

logger = logging.getLogger(__name__)

REFIT, BUILT, SHIPPED = "refit", "built", "encoder"  # folders below models/


@dataclass(frozen=True)
class Prediction:
    """What the model says of one text.

    `vector` is the text's unit vector [width]; `claims` the probability of each claim type; `attention` [types, tokens] where
    each type looks, `offsets` the tokens' places in the text; `mode` the probabilities of MODES; `labels` those of each
    fitted head's labels, by the head's name.
    """

    vector: Floats
    claims: Floats
    attention: Floats
    offsets: tuple[tuple[int, int], ...]
    mode: Floats
    labels: Mapping[str, Floats]


class Predictor(Protocol):
    """What predicts: the model, or predictions that are known already."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Return a prediction of each text, in order."""


class KnownPredictions:
    """The predictions of one message's pieces, so that each is read once."""

    def __init__(self, model: "Model", texts: Sequence[str]) -> None:
        unique = list(dict.fromkeys(texts))
        self._model = model
        self._known = dict(zip(unique, model.predict(unique), strict=True))

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Return a prediction of each text; what is not known yet is read."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._model.predict(new), strict=True))
        return [self._known[text] for text in texts]


class Model:
    """Encoder and heads; build it once by `load_model`."""

    def __init__(self, encoder: Encoder, heads_folder: Path, overlay: Path | None = None) -> None:
        self.encoder = encoder
        self._folder, self._overlay = heads_folder, overlay
        self._read_at = self._written_at()
        self.heads = load_heads(self._current())

    @property
    def claim_types(self) -> tuple[str, ...]:
        """The claim types, in the order of their probabilities."""
        return self.heads.claim_types

    @property
    def version(self) -> str:
        """What the heads were fitted from, in short: it names the model in a stored turn."""
        return str(self.heads.labels.get("fitted_from", ""))[:12]

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Return a prediction of each text, in order."""
        self.take_up_refit()
        heads, found = self.heads, dict(self.encoder.encode(texts))
        return [predict_from(heads, found[place]) for place in range(len(texts))]

    def take_up_refit(self) -> bool:
        """Load the heads again if they were written since; return whether they were. A damaged file leaves the last good ones."""
        written_at = self._written_at()
        if written_at == self._read_at:
            return False
        self._read_at = written_at
        try:
            self.heads = load_heads(self._current())
        except ModelMissing as problem:
            logger.error("The heads stay as they were: %s", problem)
            return False
        return True

    def _current(self) -> Path:
        refitted = self._overlay is not None and (self._overlay / HEADS).is_file()
        return self._overlay if refitted and self._overlay else self._folder

    def _written_at(self) -> int:
        path = self._current() / HEADS
        return path.stat().st_mtime_ns if path.is_file() else 0


def predict_from(heads: Heads, encoded: Encoded) -> Prediction:
    """Return what the heads make of an encoded text."""
    claims, attention = heads.read_claims(encoded.tokens)
    mean = encoded.mean
    vector = unit(mean)
    labels = {head: heads.read(head, vector) for head in FITTED}
    return Prediction(vector, claims, attention, encoded.offsets, heads.read_mode(mean), labels)


def models_folder() -> Path:
    """Return the folder of all models."""
    return load_settings().models_folder


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the one model of this process. Raises ModelMissing when it is not set up or damaged."""
    folder = models_folder()
    return Model(Encoder(folder / BUILT), folder, folder / REFIT)
