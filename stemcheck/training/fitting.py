"""Fits the small heads on vectors: a softmax over each head's labels, and for a claim type a binary one with its own attention."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stemcheck.model.heads import Floats, softmax
from stemcheck.training.discriminant import fit_discriminant
from stemcheck.training.softmax_regression import fit_regression

NEVER = -30.0  # the bias of a label without a row
FOCUS = 2.0  # how sharply a fitted claim type looks at the tokens that speak for it
TEMPERATURES = np.geomspace(0.2, 60, 100)
SHARES = (0.0, 0.25, 0.5)  # of the discriminant analysis

Layer = tuple[Floats, Floats]  # weight [labels, width] and bias [labels]


@dataclass(frozen=True)
class HeldOut:
    """Rows that are not learned from: their unit vectors [rows, width], and a label of each."""

    vectors: Floats
    labels: tuple[int, ...]

    def keep(self, is_present: Sequence[bool]) -> "HeldOut":
        """Return the rows whose label is present, numbered among those that are."""
        rows = [row for row, label in enumerate(self.labels) if is_present[label]]
        numbers = np.cumsum(is_present) - 1
        return HeldOut(self.vectors[rows], tuple(int(numbers[self.labels[row]]) for row in rows))


def fit_softmax(vectors: Floats, shares: Floats, held_out: HeldOut) -> tuple[Floats, Floats]:
    """Return weight [labels, width] and bias [labels] of a softmax over unit vectors; a label without a row is never chosen.

    It is a logistic regression mixed with a discriminant analysis, in the share under which the held-out labels are likeliest:
    both are linear, so the mix is too. With many labels it is right more often than either, with few the regression stays alone.
    """
    is_present = shares.sum(axis=0) > 0
    known, asked = shares[:, is_present], held_out.keep(is_present.tolist())
    found = fit_regression(vectors, known)
    if asked.labels:
        found = _mix(_cool(found, asked), _cool(fit_discriminant(vectors, known), asked), asked)
    weight = np.zeros((shares.shape[1], vectors.shape[1]), np.float32)
    bias = np.full(shares.shape[1], NEVER, np.float32)
    weight[is_present], bias[is_present] = found
    return weight, bias


def _cool(head: Layer, held_out: HeldOut) -> Layer:
    weight, bias = head
    temperature = fit_temperature(held_out.vectors @ weight.T + bias, held_out.labels)
    return weight / temperature, bias / temperature


def _mix(first: Layer, second: Layer, held_out: HeldOut) -> Layer:
    mixes = [tuple((1 - share) * one + share * two for one, two in zip(first, second, strict=True)) for share in SHARES]
    losses = [_loss(held_out.vectors @ weight.T + bias, held_out.labels) for weight, bias in mixes]
    weight, bias = mixes[int(np.argmin(losses))]
    return weight, bias


def fit_temperature(logits: Floats, labels: Sequence[int]) -> float:
    """Return the temperature under which the logits' probabilities of held-out rows are most honest (Guo et al. 2017)."""
    losses = [_loss(logits / value, labels) for value in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _loss(logits: Floats, labels: Sequence[int]) -> float:
    """Return the mean negative logarithm of the labels' probabilities."""
    return float(-np.log(softmax(logits)[np.arange(len(labels)), list(labels)] + 1e-9).mean())


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
