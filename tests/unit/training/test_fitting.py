"""Fitting the small heads: they learn what can be learned, and their probabilities are honest."""

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression

from stemcheck.model.heads import softmax
from stemcheck.training.discriminant import fit_discriminant
from stemcheck.training.fitting import HeldOut, fit_claim_type, fit_softmax, fit_temperature
from stemcheck.training.softmax_regression import STRENGTH, fit_regression

RANDOM = np.random.default_rng(11)
WIDTH = 12


def near(place, count):
    """Return unit vectors near an axis."""
    vectors = RANDOM.normal(scale=0.2, size=(count, WIDTH)).astype(np.float32)
    vectors[:, place] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def shares_of(labels, count):
    """Return each row's label as a row of shares."""
    return np.eye(count, dtype=np.float32)[labels]


def held_out(count=20):
    """Return rows of the first and the third label that are not learned from."""
    return HeldOut(np.concatenate([near(0, count), near(1, count)]), (0,) * count + (2,) * count)


def test_softmax_tells_the_labels_apart_and_never_chooses_one_without_rows():
    vectors, labels = np.concatenate([near(0, 40), near(1, 40)]), [0] * 40 + [2] * 40

    weight, bias = fit_softmax(vectors, shares_of(labels, 3), held_out())

    chosen = (np.concatenate([near(0, 20), near(1, 20)]) @ weight.T + bias).argmax(axis=1)
    assert chosen.tolist() == [0] * 20 + [2] * 20
    assert softmax(vectors @ weight.T + bias)[:, 1].max() < 1e-6


@pytest.mark.parametrize("asked", [HeldOut(np.zeros((0, WIDTH), np.float32), ()), HeldOut(near(5, 2), (1, 1))])
def test_softmax_is_fitted_without_held_out_rows_of_its_labels(asked):
    vectors, labels = np.concatenate([near(0, 40), near(1, 40)]), [0] * 40 + [2] * 40

    weight, bias = fit_softmax(vectors, shares_of(labels, 3), asked)

    assert (vectors @ weight.T + bias).argmax(axis=1).tolist() == labels


def test_rows_of_more_weight_count_more():
    vectors, labels = np.concatenate([near(0, 30), near(0, 30)]), [0] * 30 + [1] * 30
    shares = shares_of(labels, 2) * np.array([1.0] * 30 + [0.1] * 30, np.float32)[:, None]

    weight, bias = fit_softmax(vectors, shares, HeldOut(near(0, 20), (0,) * 20))

    assert (near(0, 20) @ weight.T + bias).argmax(axis=1).mean() < 0.2


def test_regression_finds_the_same_as_scikit_learn():
    vectors = np.concatenate([near(place, 40) for place in range(3)])
    labels = np.repeat(range(3), 40)
    theirs = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-8).fit(vectors, labels)

    weight, bias = fit_regression(vectors, shares_of(labels, 3))

    asked = np.concatenate([near(place, 20) for place in range(3)])
    assert np.allclose(softmax(asked @ weight.T + bias), theirs.predict_proba(asked), atol=0.01)


def test_discriminant_analysis_finds_the_same_as_scikit_learn():
    vectors = np.concatenate([near(place, 40) for place in range(3)])
    labels = np.repeat(range(3), 40)
    theirs = LinearDiscriminantAnalysis(solver="lsqr").fit(vectors, labels)

    weight, bias = fit_discriminant(vectors, shares_of(labels, 3))

    asked = np.concatenate([near(place, 20) for place in range(3)])
    assert (asked @ weight.T + bias).argmax(axis=1).tolist() == theirs.predict(asked).tolist()


def test_temperature_cools_what_is_too_sure_of_itself():
    labels = RANDOM.integers(0, 2, 400)
    right = RANDOM.random(400) < 0.7
    logits = np.where((np.arange(2) == labels[:, None]) == right[:, None], 8.0, 0.0)

    found = fit_temperature(logits.astype(np.float32), labels)

    assert found > 3
    assert 0.6 < softmax(logits / found).max(axis=1).mean() < 0.9


def test_claim_type_is_found_and_its_attention_looks_at_the_words_that_say_it():
    saying = near(3, 1)[0] * 4

    def text(carries):
        tokens = RANDOM.normal(scale=0.3, size=(10, WIDTH)).astype(np.float32)
        if carries:
            tokens[RANDOM.integers(10)] += saying
        return tokens

    carries = [number % 2 == 0 for number in range(120)]
    query, weight, bias = fit_claim_type([text(carry) for carry in carries], carries)

    tokens = text(False)
    tokens[7] = saying
    looks = softmax(query @ tokens.T)
    assert looks.argmax() == 7
    assert (looks @ tokens + tokens.mean(axis=0)) @ weight + bias > 0
    plain = text(False)
    assert (softmax(query @ plain.T) @ plain + plain.mean(axis=0)) @ weight + bias < 0
