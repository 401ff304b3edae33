"""The claims' part of a refit: a row for each new claim type, and for the others what new examples teach."""

from collections.abc import Callable, Sequence

import numpy as np

from stemcheck.content.library import Library
from stemcheck.model.context_prefix import has_topic
from stemcheck.model.encoder import Encoder
from stemcheck.model.heads import Floats
from stemcheck.training.claim_adjustment import ClaimExamples, adjust_claims
from stemcheck.training.dataset import Row, claim_arrays
from stemcheck.training.fitting import fit_claim_type
from stemcheck.training.vectors import key_of

MAX_CLAIM_ROWS, MAX_OTHER_ROWS = 600, 1200  # of a new claim type: rows that carry it, rows that do not
MAX_NEW_ROWS, MAX_OLD_ROWS = 1500, 500  # of the types that the model has: examples it does not know, and ones it does
SEED = 7
Arrays = dict[str, Floats]


def refit_claims(
    arrays: Arrays,
    types: tuple[str, ...],
    rows: Sequence[Row],
    learned: frozenset[bytes] | None,
    library: Library,
    encoder: Encoder,
    tell: Callable[[str], None],
) -> tuple[Arrays, tuple[str, ...], tuple[str, ...]]:
    """Return the claims' arrays for the types of data/claims, these types, and those of them that are new.

    `learned` holds the rows that the arrays were trained on; None when nothing is known of that: then all were.
    """
    about = [row for row in rows if is_about_claims(row)]
    new_rows = [row for row in about if row_key(row) not in learned] if learned is not None else []
    wanted = tuple(sorted(library.claim_types))
    new_types = tuple(name for name in wanted if name not in types)
    built = {}
    for name in new_types:
        tell(f"Learning the claim type {name}")
        built[name] = _fit_new_type(name, about, encoder)
    kept = [name for name in wanted if name in types]
    if new_rows and kept:
        tell(f"Learning {min(len(new_rows), MAX_NEW_ROWS)} new examples of claims")
        arrays = _adjust(_rows_of(arrays, types, kept), kept, new_rows, about, encoder)
        types = tuple(kept)
    return _with_types(arrays, types, wanted, built), wanted, new_types


def is_about_claims(row: Row) -> bool:
    """Return whether a row tells which claims its text makes, and stands for itself."""
    return row.claims is not None and not has_topic(row.text)


def row_key(row: Row) -> bytes:
    """Return what tells one row's text and claims from another's."""
    return key_of("\n".join((row.text, *sorted(row.claims or {}))))


def _fit_new_type(name: str, rows: Sequence[Row], encoder: Encoder) -> tuple[Floats, Floats, float]:
    known = [row for row in rows if name not in row.maybe]
    carrying = [row for row in known if name in (row.claims or {})]
    others = [row for row in known if name not in (row.claims or {})]
    chosen = [*_some(carrying, MAX_CLAIM_ROWS), *_some(others, MAX_OTHER_ROWS)]
    return fit_claim_type(_read(chosen, encoder), [name in (row.claims or {}) for row in chosen])


def _adjust(arrays: Arrays, types: Sequence[str], new: Sequence[Row], rows: Sequence[Row], encoder: Encoder) -> Arrays:
    chosen = _some(new, MAX_NEW_ROWS)
    are_new = {row_key(row) for row in new}
    old = _some([row for row in rows if row_key(row) not in are_new], MAX_OLD_ROWS)
    claims, weights, _ = claim_arrays(chosen, types)
    return adjust_claims(arrays, ClaimExamples(_read(chosen, encoder), claims, weights), _read(old, encoder))


def _rows_of(arrays: Arrays, types: Sequence[str], kept: Sequence[str]) -> Arrays:
    places = [types.index(name) for name in kept]
    parts = ("claims.query", "claims.weight", "claims.bias")
    return {name: value[places] if name in parts else value for name, value in arrays.items()}


def _with_types(
    arrays: Arrays, types: Sequence[str], wanted: Sequence[str], built: dict[str, tuple[Floats, Floats, float]]
) -> Arrays:
    found = dict(arrays)
    for part, place in (("query", 0), ("weight", 1), ("bias", 2)):
        old = arrays[f"claims.{part}"]
        rows = [old[types.index(name)] if name in types else built[name][place] for name in wanted]
        found[f"claims.{part}"] = np.stack([np.asarray(row, np.float32) for row in rows])
    return found


def _some(rows: Sequence[Row], most: int) -> list[Row]:
    order = np.random.default_rng(SEED).permutation(len(rows))[:most]
    return [rows[place] for place in order]


def _read(rows: Sequence[Row], encoder: Encoder) -> list[Floats]:
    """Return the rows' token vectors; none of no rows."""
    encoded = dict(encoder.encode([row.text for row in rows])) if rows else {}
    return [encoded[place].tokens for place in range(len(rows))]
