"""The sentences that the network learns from, as arrays: claims and near twins, and messages with their intents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from stemcheck.content.examples import load_examples
from stemcheck.network.network import MODES

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TrainingSet:
    """Rows of text with their labels; -1 and 0-weights mark what a row says nothing about.

    `claims` and `claim_weights` are [rows, types]; `mode` and `intent` [rows] are indexes or -1; `group` names the idea that a
    row grew from, which cross-validation must not part.
    """

    texts: list[str]
    claim_types: tuple[str, ...]
    intents: tuple[str, ...]
    claims: Array
    claim_weights: Array
    mode: npt.NDArray[np.int64]
    intent: npt.NDArray[np.int64]
    group: list[str]


def read_intents(nlu_folder: Path) -> list[tuple[str, str]]:
    """Return (text, intent) of every example in Rasa's NLU files below a folder."""
    found: list[tuple[str, str]] = []
    for path in sorted(nlu_folder.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("nlu") or []:
            lines = (line.strip().removeprefix("-").strip() for line in (block.get("examples") or "").splitlines())
            found.extend((line, block["intent"]) for line in lines if line)
    return found


def load_training_set(data_folder: Path, claim_types: Iterable[str]) -> TrainingSet:
    """Return all examples below data/. Raises ContentError when a file of examples is wrong."""
    examples = load_examples(data_folder)
    messages = read_intents(data_folder / "nlu")
    types = tuple(sorted(claim_types))
    intents = tuple(sorted({intent for _, intent in messages}))
    rows = len(examples) + len(messages)
    claims, weights = np.zeros((rows, len(types)), np.float32), np.zeros((rows, len(types)), np.float32)
    mode, intent = np.full(rows, -1), np.full(rows, -1)
    for row, example in enumerate(examples):
        claims[row] = [kind in example.types for kind in types]
        weights[row] = [kind not in example.maybe or kind in example.types for kind in types]
        mode[row] = _mode_of(list(example.types.values()))
    for row, (_, name) in enumerate(messages, start=len(examples)):
        intent[row] = intents.index(name)
    texts = [example.text for example in examples] + [text for text, _ in messages]
    groups = [example.idea for example in examples] + [f"message/{number}" for number in range(len(messages))]
    return TrainingSet(texts, types, intents, claims, weights, mode, intent, groups)


def _mode_of(modes: Sequence[str]) -> int:
    return MODES.index(modes[0]) if modes else -1
