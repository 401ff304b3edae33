"""From the content to the rows that a training learns from: every row, and some of them once more as typed on a phone."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from stemcheck.content.library import Library
from stemcheck.training.dataset import LABELS, SEEDED, Row, claim_arrays, load_rows, situation_names, targets
from stemcheck.training.prepared_rows import NO_LABEL, PreparedRows
from stemcheck.training.typo_augmentation import misspell, read_spellings

MISSPELT_SHARE = 0.1  # of the rows; passages are as their writers typed them already


def prepare_rows(library: Library, data_folder: Path) -> PreparedRows:
    """Return everything that a training learns from, in a fixed order. Raises ContentError or MisspellingError."""
    rows = load_rows(data_folder, library)
    return as_arrays([*rows, *misspelt_rows(rows, data_folder)], library)


def misspelt_rows(rows: Sequence[Row], data_folder: Path) -> list[Row]:
    """Return some of the rows in a phone's spelling; always the same ones."""
    random, spellings = np.random.default_rng(SEEDED), read_spellings(data_folder)
    plain = [row for row in rows if not row.group.startswith("passage/") and not row.text.startswith("[")]
    chosen = [row for row in plain if random.random() < MISSPELT_SHARE]
    typed = [replace(row, text=misspell(row.text, spellings, random)) for row in chosen]
    return [new for new, old in zip(typed, chosen, strict=True) if new.text != old.text]


def as_arrays(rows: Sequence[Row], library: Library) -> PreparedRows:
    """Return the rows with their labels as numbers."""
    types, names = tuple(sorted(library.claim_types)), situation_names(library)
    claims, weights, mode = claim_arrays(rows, types)
    found = list(targets(rows, "situations", names))
    return PreparedRows(
        texts=tuple(row.text for row in rows),
        claim_types=types,
        heads={"situations": names, **LABELS},
        claims=claims,
        claim_weights=weights,
        mode=mode,
        situations=np.array([(row, label) for row, label, _ in found], np.int64).reshape(-1, 2),
        shares=np.array([share for *_, share in found], np.float32),
        labels={head: _numbers(rows, head) for head in LABELS},
    )


def _numbers(rows: Sequence[Row], head: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    numbers = np.full(len(rows), NO_LABEL, np.int64)
    for row, label, _ in targets(rows, head, LABELS[head]):
        numbers[row] = label
    return numbers
