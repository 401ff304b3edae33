"""Linear discriminant analysis with shrinkage (Friedman 1989): in one step, from the labels' means and what all of them vary by."""

import numpy as np

from stemcheck.model.heads import Floats

SHRINKAGE = 0.1  # towards equal spread in all directions; from 0.02 to 0.4 messages kept back come out the same


def fit_discriminant(vectors: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Return weight [labels, width] and bias [labels], from unit vectors [rows, width] and each row's labels [rows, labels].

    Its ranking is good and its probabilities are far too sure, so that a temperature is needed. Every label must have a row.
    """
    counts = shares.sum(axis=0)
    means = (shares.T @ vectors) / counts[:, None]
    total = (vectors.T * shares.sum(axis=1)) @ vectors
    spread = (total - (means.T * counts) @ means) / counts.sum()
    width = len(spread)
    even = np.trace(spread) / width * np.eye(width, dtype=np.float32)
    weight = np.linalg.solve((1 - SHRINKAGE) * spread + SHRINKAGE * even, means.T).T
    bias = np.log(counts / counts.sum()) - 0.5 * (weight * means).sum(axis=1)
    return np.asarray(weight, np.float32), np.asarray(bias, np.float32)
