"""Fits the small heads on vectors: multinomial logistic regression, and for a claim type a binary one with its own attention."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from stemcheck.model.heads import Floats, softmax

STRENGTH = 12.0  # inverse of the penalty; chosen on messages kept back
MAX_STEPS = 60
FOCUS = 2.0  # how sharply a fitted claim type looks at the tokens that speak for it


def fit_softmax(vectors: Floats, labels: Sequence[int], weights: Sequence[float], count: int) -> tuple[Floats, Floats]:
    """Return weight [labels, width] and bias [labels] of a softmax over unit vectors; a label without a row is never chosen."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=MAX_STEPS, tol=1e-3)
    model.fit(vectors.astype(np.float32), np.asarray(labels), sample_weight=np.asarray(weights))
    weight = np.zeros((count, vectors.shape[1]), np.float32)
    bias = np.full(count, -30.0, np.float32)
    if len(model.classes_) == 2:  # scikit-learn keeps the second label's row alone
        weight[model.classes_[1]], bias[model.classes_] = model.coef_[0], (0.0, model.intercept_[0])
    else:
        weight[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    return weight, bias


def fit_temperature(logits: Floats, labels: Sequence[int]) -> float:
    """Return the temperature under which the logits' probabilities of held-out rows are most honest (Guo et al. 2017)."""
    places = np.arange(len(labels))
    candidates = np.geomspace(0.2, 4.0, 60)
    losses = [-np.log(softmax(logits / value)[places, list(labels)] + 1e-9).mean() for value in candidates]
    return float(candidates[int(np.argmin(losses))])


def fit_claim_type(tokens: Sequence[Floats], carries: Sequence[bool]) -> tuple[Floats, Floats, float]:
    """Return query [width], weight [width] and bias of a claim type, from its rows' token vectors [tokens, width].

    Fitted twice: on the mean of the tokens, and again with the attention that the first fit points at.
    """
    first = _fit_binary([2 * row.mean(axis=0) for row in tokens], carries)
    direction = first.coef_[0] / np.linalg.norm(first.coef_[0])
    query = np.asarray(FOCUS * direction, np.float32)
    seen = [softmax(query @ row.T) @ row + row.mean(axis=0) for row in tokens]
    second = _fit_binary(seen, carries)
    return query, np.asarray(second.coef_[0], np.float32), float(second.intercept_[0])


def _fit_binary(features: Sequence[Floats], carries: Sequence[bool]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, max_iter=400, class_weight="balanced").fit(np.stack(features), list(carries))
