"""Teach a trained claims' head a few new examples: its attention stays, weight and bias move as little as the examples need.

What it said of older texts is asked for again, so that it says the same there (learning without forgetting, Li and Hoiem 2016).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stemcheck.model.heads import Floats, softmax

STIFFNESS = 1.0  # what moving a weight costs; from 0.1 to 2 the F1 of other texts stays within 0.002
MAX_STEPS = 60
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ClaimExamples:
    """Token vectors [tokens, width] of each text; which types are in it, and what each of these answers weighs, [texts, types]."""

    tokens: Sequence[Floats]
    claims: Floats
    weights: Floats


def adjust_claims(arrays: dict[str, Floats], new: ClaimExamples, old: Sequence[Floats]) -> dict[str, Floats]:
    """Return weight and bias of the claim types that know the new examples; `old` are token vectors of texts known before."""
    query, weight, bias = (arrays[f"claims.{name}"] for name in ("query", "weight", "bias"))
    weight, bias = weight.copy(), bias.copy()
    for row in range(len(query)):
        before = np.array([_see(query[row], tokens) @ weight[row] + bias[row] for tokens in old])
        seen = np.stack([_see(query[row], tokens) for tokens in (*new.tokens, *old)])
        wanted = np.concatenate([new.claims[:, row], 1 / (1 + np.exp(-before))], dtype=np.float64)
        counts = np.concatenate([new.weights[:, row], np.ones(len(old))], dtype=np.float64)
        weight[row], bias[row] = _move(weight[row], float(bias[row]), seen, wanted, counts)
    return {**arrays, "claims.weight": weight, "claims.bias": bias}


def _see(query: Floats, tokens: Floats) -> Floats:
    """Return what a type sees of a text [width], as `Heads.read_claims` does."""
    return np.asarray(softmax(query @ tokens.T) @ tokens + tokens.mean(axis=0), np.float32)


def _move(weight: Floats, bias: float, seen: Floats, wanted: Doubles, counts: Doubles) -> tuple[Floats, float]:
    from scipy.optimize import minimize

    features: Doubles = np.concatenate([seen, np.ones((len(seen), 1))], axis=1).astype(np.float64)
    logits = features @ np.append(weight, bias)
    found = minimize(_objective(features, logits, wanted, counts), np.zeros(features.shape[1]), jac=True,
                     method="L-BFGS-B", options={"maxiter": MAX_STEPS}).x  # fmt: skip
    return np.asarray(weight + found[:-1], np.float32), bias + float(found[-1])


def _objective(
    features: Doubles, logits: Doubles, wanted: Doubles, counts: Doubles
) -> Callable[[Doubles], tuple[float, Doubles]]:
    def loss_and_gradient(moved: Doubles) -> tuple[float, Doubles]:
        now = logits + features @ moved
        losses = np.logaddexp(0, now) - wanted * now
        errors = counts * (1 / (1 + np.exp(-now)) - wanted)
        loss = counts @ losses + 0.5 * STIFFNESS * moved @ moved
        return float(loss), np.asarray(errors @ features + STIFFNESS * moved, np.float64)

    return loss_and_gradient
