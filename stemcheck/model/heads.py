"""The small layers on top of the encoder: what they are, how they are stored, and what they make of a text's token vectors.

Each claim type has its own attention over the tokens (Mullenbach et al. 2018), which also shows where in the text the claim is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

HEADS, LABELS = "heads.npz", "labels.json"
MODES = ("asserted", "reported", "asked")
CHECKOUT = "Run `git checkout models`"
# what `make refit` fits on unit vectors, each a softmax over its labels
FITTED = ("situations", "feeling", "speaker", "cells", "degree")


class ModelMissing(RuntimeError):
    """The model is not there, or is damaged."""


@dataclass(frozen=True)
class Heads:
    """The arrays by name, and the labels of each head.

    `arrays` holds `claims.query` and `claims.weight` [types, width], `claims.bias` [types], and `<head>.weight` [labels, width],
    `<head>.bias` [labels] for `mode` and the fitted heads.
    """

    arrays: Mapping[str, Floats]
    labels: Mapping[str, Any]

    @property
    def claim_types(self) -> tuple[str, ...]:
        """The claim types, in the order of their rows."""
        return tuple(self.labels["claim_types"])

    def names(self, head: str) -> tuple[str, ...]:
        """Return the labels of a fitted head, in the order of their rows."""
        return tuple(self.labels["heads"][head])

    def read_claims(self, tokens: Floats) -> tuple[Floats, Floats]:
        """Return the claim types' probabilities [types] and where each looks [types, tokens], from token vectors [tokens, width]."""
        looks = softmax(self.arrays["claims.query"] @ tokens.T)
        seen = looks @ tokens + tokens.mean(axis=0)
        logits = (seen * self.arrays["claims.weight"]).sum(axis=1) + self.arrays["claims.bias"]
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32), looks

    def read_mode(self, mean: Floats) -> Floats:
        """Return the probabilities of MODES [3] from a text's mean vector [width]."""
        return softmax(self.arrays["mode.weight"] @ mean + self.arrays["mode.bias"])

    def read(self, head: str, vector: Floats) -> Floats:
        """Return the probabilities of a fitted head's labels, calibrated, from a text's unit vector [width]."""
        logits = self.arrays[f"{head}.weight"] @ vector + self.arrays[f"{head}.bias"]
        return softmax(logits / float(self.labels["temperatures"].get(head, 1.0)))


def load_heads(folder: Path) -> Heads:
    """Return the heads stored in a folder. Raises ModelMissing when they are missing or damaged."""
    try:
        labels = json.loads((folder / LABELS).read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise ModelMissing(f"{problem.filename}: not there. {CHECKOUT}, then `make setup`.") from None
    except ValueError as problem:
        raise ModelMissing(f"{folder / LABELS} is damaged ({type(problem).__name__}). {CHECKOUT}.") from None
    return Heads({name: value.astype(np.float32) for name, value in read_arrays(folder / HEADS).items()}, labels)


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of a shipped file by name. Raises ModelMissing when it is missing or damaged."""
    try:
        with np.load(path) as stored:
            return {name: stored[name] for name in stored.files}
    except FileNotFoundError:
        raise ModelMissing(f"{path}: not there. {CHECKOUT}, then `make setup`.") from None
    except Exception as problem:  # a damaged archive fails in many ways; the remedy is one
        raise ModelMissing(f"{path} is damaged ({type(problem).__name__}). {CHECKOUT}.") from None


def save_heads(heads: Heads, folder: Path) -> None:
    """Write the heads to a folder, in sixteen bits, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{HEADS}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, **{name: value.astype(np.float16) for name, value in heads.arrays.items()})
    labels = folder / f"{LABELS}.part"
    labels.write_text(json.dumps(heads.labels, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    labels.replace(folder / LABELS)  # before the arrays, whose time of writing tells a running service to read both
    unfinished.replace(folder / HEADS)


def softmax(logits: Floats) -> Floats:
    """Return the logits as probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)
