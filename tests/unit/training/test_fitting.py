"""Fitting the small heads: they learn what can be learned, and their probabilities are honest."""

import numpy as np

from stemcheck.model.heads import softmax
from stemcheck.training.fitting import fit_claim_type, fit_softmax, fit_temperature

RANDOM = np.random.default_rng(11)
WIDTH = 12


def near(place, count):
    """Return unit vectors near an axis."""
    vectors = RANDOM.normal(scale=0.2, size=(count, WIDTH)).astype(np.float32)
    vectors[:, place] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_softmax_tells_the_labels_apart_and_never_chooses_one_without_rows():
    vectors, labels = np.concatenate([near(0, 40), near(1, 40)]), [0] * 40 + [2] * 40

    weight, bias = fit_softmax(vectors, labels, [1.0] * 80, 3)

    chosen = (np.concatenate([near(0, 20), near(1, 20)]) @ weight.T + bias).argmax(axis=1)
    assert chosen.tolist() == [0] * 20 + [2] * 20
    assert softmax(vectors @ weight.T + bias)[:, 1].max() < 1e-6


def test_rows_of_more_weight_count_more():
    vectors, labels = np.concatenate([near(0, 30), near(0, 30)]), [0] * 30 + [1] * 30

    weight, bias = fit_softmax(vectors, labels, [1.0] * 30 + [0.1] * 30, 2)

    assert (near(0, 20) @ weight.T + bias).argmax(axis=1).mean() < 0.2


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
