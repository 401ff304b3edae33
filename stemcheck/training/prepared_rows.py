"""The rows as files: written where the content can be read, and read where PyTorch is, which is another environment."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.model.heads import Floats

TEXTS, LABELS = "rows.json", "rows.npz"
NO_LABEL = -1
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PreparedRows:
    """All rows as arrays.

    `claims` and `claim_weights` are [rows, types]; `mode` [rows] counts in MODES; `situations` holds (row, label) and `shares` what
    each of them counts; `labels` holds [rows] of each further head. NO_LABEL stands where nothing is known.
    """

    texts: tuple[str, ...]
    claim_types: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    claims: Floats
    claim_weights: Floats
    mode: Whole
    situations: Whole
    shares: Floats
    labels: Mapping[str, Whole]

    def shares_by_row(self) -> list[list[tuple[int, float]]]:
        """Return each row's situations as (label, share)."""
        found: list[list[tuple[int, float]]] = [[] for _ in self.texts]
        for (row, label), share in zip(self.situations, self.shares, strict=True):
            found[row].append((int(label), float(share)))
        return found


def save_rows(rows: PreparedRows, folder: Path) -> None:
    """Write the rows to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(rows, name) for name in ("claims", "claim_weights", "mode", "situations", "shares")}
    np.savez(folder / LABELS, **arrays, **{f"label.{head}": value for head, value in rows.labels.items()})
    described = {"texts": rows.texts, "claim_types": rows.claim_types, "heads": rows.heads}
    (folder / TEXTS).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def load_rows(folder: Path) -> PreparedRows:
    """Return the rows of a folder."""
    described: dict[str, Any] = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    with np.load(folder / LABELS) as stored:
        arrays = {name: stored[name] for name in stored.files}
    labels = {name[6:]: arrays.pop(name) for name in list(arrays) if name.startswith("label.")}
    heads = {head: tuple(names) for head, names in described["heads"].items()}
    return PreparedRows(tuple(described["texts"]), tuple(described["claim_types"]), heads, labels=labels, **arrays)


def rows_fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the texts and of every label."""
    rows, digest = load_rows(folder), hashlib.sha256((folder / TEXTS).read_bytes())
    arrays = [rows.claims, rows.claim_weights, rows.mode, rows.situations, rows.shares, *rows.labels.values()]
    for array in arrays:  # the archive's own bytes hold the time at which it was written
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
