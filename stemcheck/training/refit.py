"""Refit in a minute: the encoder stays, the heads are fitted anew from data/ as it is now, all or nothing."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stemcheck.content.library import Library
from stemcheck.model.encoder import Encoder
from stemcheck.model.heads import FITTED, Floats, Heads, save_heads, softmax
from stemcheck.training.claims_refit import is_about_claims, refit_claims, row_key
from stemcheck.training.dataset import LABELS, Row, load_rows, situation_names, targets, test_rows
from stemcheck.training.fingerprint import fingerprint
from stemcheck.training.fitting import HeldOut, fit_softmax, fit_temperature
from stemcheck.training.foreign_alarms import refit_foreign_alarms
from stemcheck.training.vectors import load_learned, load_vectors, save_vectors, vectors_of

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Refit:
    """What a refit did: which claim types are new, how many texts were read, and how long it took."""

    new_types: tuple[str, ...]
    read: int
    seconds: float


def refit(
    library: Library, data_folder: Path, encoder: Encoder, heads: Heads, shipped: Path, target: Path, tell: Progress
) -> Refit:
    """Fit the heads on data/ and write them to `target`; `heads` are those that new ones start from. Raises ContentError."""
    began = time.monotonic()
    tell("Reading the content")
    fitted_from = fingerprint(
        data_folder
    )  # before the content is read: what is edited meanwhile asks for another refit
    rows = load_rows(data_folder, library)
    spoken = [row for row in rows if row.situations or row.labels]
    held_out = test_rows(library)
    known = {**load_vectors(shipped), **load_vectors(target)}
    texts = [row.text for row in (*spoken, *held_out)]
    vectors, kept = vectors_of(texts, encoder, known, tell)
    labels = {"situations": situation_names(library), **LABELS}
    arrays, temperatures = dict(heads.arrays), {}
    for number, head in enumerate(FITTED, start=1):
        tell(f"Fitting {head} ({number} of {len(FITTED)})")
        fitted = _fit_head(vectors, spoken, held_out, head, labels[head])
        arrays[f"{head}.weight"], arrays[f"{head}.bias"], temperatures[head] = fitted
    learned = load_learned(shipped)
    arrays, types, new = refit_claims(arrays, heads.claim_types, rows, learned, library, encoder, tell)
    described = {
        "claim_types": types,
        "heads": {head: list(names) for head, names in labels.items()},
        "temperatures": temperatures,
        "fitted_from": fitted_from,
    }
    tell("Fitting alarms in other languages")
    refit_foreign_alarms(library, data_folder, target)
    tell("Writing")
    target.mkdir(parents=True, exist_ok=True)
    save_vectors(kept, target, [row_key(row) for row in rows if is_about_claims(row)])
    save_heads(Heads(arrays, described), target)
    return Refit(new, len([key for key in kept if key not in known]), time.monotonic() - began)


def _fit_head(
    vectors: Floats, rows: Sequence[Row], held_out: Sequence[Row], head: str, names: Sequence[str]
) -> tuple[Floats, Floats, float]:
    """Return weight, bias and temperature; `vectors` are those of the rows, then those that are held out."""
    shares = _shares_by_row(rows, head, names)
    first: dict[int, int] = {}
    for row, label, _ in targets(held_out, head, names):
        first.setdefault(len(rows) + row, label)
    asked = HeldOut(vectors[list(first)], tuple(first.values()))
    weight, bias = fit_softmax(vectors[list(shares)], np.stack(list(shares.values())), asked)
    cooled = fit_temperature(asked.vectors @ weight.T + bias, asked.labels) if asked.labels else 1.0
    return weight, bias, cooled


def _shares_by_row(rows: Sequence[Row], head: str, names: Sequence[str]) -> Mapping[int, Floats]:
    shares: dict[int, Floats] = {}
    for row, label, share in targets(rows, head, names):
        shares.setdefault(row, np.zeros(len(names), np.float32))[label] += share
    return shares


def accuracy(heads: Heads, vectors: Floats, rows: Sequence[Row]) -> float:
    """Return the share of rows whose likeliest situation is one that they hold."""
    logits = vectors @ heads.arrays["situations.weight"].T + heads.arrays["situations.bias"]
    names, best = heads.names("situations"), softmax(logits).argmax(axis=1)
    right = [names[best[place]] in dict(row.situations) for place, row in enumerate(rows) if row.situations]
    return float(np.mean(right))
