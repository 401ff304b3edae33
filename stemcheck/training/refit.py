"""Refit in a minute: the encoder stays, the heads are fitted anew from data/ as it is now, all or nothing."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stemcheck.content.library import Library
from stemcheck.model.encoder import Encoder
from stemcheck.model.heads import FITTED, Floats, Heads, save_heads, softmax
from stemcheck.training.dataset import LABELS, Row, load_rows, situation_names, targets, test_rows
from stemcheck.training.fitting import fit_claim_type, fit_softmax, fit_temperature
from stemcheck.training.vectors import load_vectors, save_vectors, vectors_of

LEARNED_FROM = ("situations", "claims", "training", "misspellings")
MAX_CLAIM_ROWS, MAX_OTHER_ROWS = 600, 1200  # of a new claim type: rows that carry it, rows that do not
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Refit:
    """What a refit did: which claim types are new, how many texts were read, and how long it took."""

    new_types: tuple[str, ...]
    read: int
    seconds: float


def fingerprint(data_folder: Path) -> str:
    """Return the SHA-256 of all that the heads are fitted from."""
    digest = hashlib.sha256()
    for folder in LEARNED_FROM:
        for path in sorted((data_folder / folder).rglob("*.yml")):
            digest.update(path.relative_to(data_folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def refit(
    library: Library, data_folder: Path, encoder: Encoder, heads: Heads, shipped: Path, target: Path, tell: Progress
) -> Refit:
    """Fit the heads on data/ and write them to `target`; `heads` are those that new ones start from. Raises ContentError."""
    began = time.monotonic()
    tell("Reading the content")
    rows = load_rows(data_folder, library)
    names = situation_names(library)
    spoken = [row for row in rows if row.situations or row.labels]
    held_out = test_rows(library)
    known = {**load_vectors(shipped), **load_vectors(target)}
    tell("Reading new messages")
    texts = [row.text for row in (*spoken, *held_out)]
    vectors, kept = vectors_of(texts, encoder, known)
    arrays, temperatures, labels = dict(heads.arrays), {}, {"situations": names, **LABELS}
    for head in FITTED:
        tell(f"Fitting {head}")
        weight, bias = _fit_head(vectors[: len(spoken)], spoken, head, labels[head])
        arrays[f"{head}.weight"], arrays[f"{head}.bias"] = weight, bias
        temperatures[head] = _temperature(vectors[len(spoken) :], held_out, head, labels[head], weight, bias)
    tell("Fitting claims")
    arrays, types, new = _with_new_types(arrays, heads.claim_types, rows, library, encoder)
    described = {
        "claim_types": types,
        "heads": {head: list(names) for head, names in labels.items()},
        "temperatures": temperatures,
        "fitted_from": fingerprint(data_folder),
    }
    target.mkdir(parents=True, exist_ok=True)
    save_vectors(kept, target)
    save_heads(Heads(arrays, described), target)
    return Refit(new, len([key for key in kept if key not in known]), time.monotonic() - began)


def _fit_head(vectors: Floats, rows: Sequence[Row], head: str, names: Sequence[str]) -> tuple[Floats, Floats]:
    found = list(targets(rows, head, names))
    places = [row for row, _, _ in found]
    return fit_softmax(vectors[places], [label for _, label, _ in found], [share for *_, share in found], len(names))


def _temperature(
    vectors: Floats, rows: Sequence[Row], head: str, names: Sequence[str], weight: Floats, bias: Floats
) -> float:
    first: dict[int, int] = {}
    for row, label, _ in targets(rows, head, names):
        first.setdefault(row, label)
    if not first:
        return 1.0
    return fit_temperature(vectors[list(first)] @ weight.T + bias, list(first.values()))


def _with_new_types(
    arrays: dict[str, Floats], types: tuple[str, ...], rows: Sequence[Row], library: Library, encoder: Encoder
) -> tuple[dict[str, Floats], tuple[str, ...], tuple[str, ...]]:
    """Return the claims' arrays with a row for each type that data/claims has and the model has not, and without those dropped."""
    wanted = tuple(sorted(library.claim_types))
    new = tuple(name for name in wanted if name not in types)
    built = {name: _fit_new_type(name, rows, encoder) for name in new}
    for part, place in (("query", 0), ("weight", 1), ("bias", 2)):
        old = arrays[f"claims.{part}"]
        arrays[f"claims.{part}"] = np.stack(
            [old[types.index(name)] if name in types else np.asarray(built[name][place], np.float32) for name in wanted]
        )
    return arrays, wanted, new


def _fit_new_type(name: str, rows: Sequence[Row], encoder: Encoder) -> tuple[Floats, Floats, float]:
    random = np.random.default_rng(7)
    known = [row for row in rows if row.claims is not None and name not in row.maybe]
    carrying = [row for row in known if name in (row.claims or {})]
    others = [row for row in known if name not in (row.claims or {})]
    chosen = [carrying[place] for place in random.permutation(len(carrying))[:MAX_CLAIM_ROWS]]
    chosen += [others[place] for place in random.permutation(len(others))[:MAX_OTHER_ROWS]]
    encoded = dict(encoder.encode([row.text for row in chosen]))
    tokens = [encoded[place].tokens for place in range(len(chosen))]
    return fit_claim_type(tokens, [name in (row.claims or {}) for row in chosen])


def accuracy(heads: Heads, vectors: Floats, rows: Sequence[Row]) -> float:
    """Return the share of rows whose likeliest situation is one that they hold."""
    logits = vectors @ heads.arrays["situations.weight"].T + heads.arrays["situations.bias"]
    names, best = heads.names("situations"), softmax(logits).argmax(axis=1)
    right = [names[best[place]] in dict(row.situations) for place, row in enumerate(rows) if row.situations]
    return float(np.mean(right))
