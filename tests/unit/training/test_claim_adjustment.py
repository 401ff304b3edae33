"""New examples of known claim types: they are found afterwards, and what was said of older texts stays."""

import numpy as np

from stemcheck.model.heads import Heads
from stemcheck.training.claim_adjustment import ClaimExamples, adjust_claims

WIDTH, TYPES = 24, 2
RANDOM = np.random.default_rng(3)


def text(**strong):
    """Return token vectors of a text in which one token speaks for what is named: its direction by number, and how much."""
    tokens = RANDOM.normal(scale=0.05, size=(8, WIDTH)).astype(np.float32)
    for name, strength in strong.items():
        tokens[RANDOM.integers(8), int(name.removeprefix("at"))] += strength
    return tokens


def trained():
    """Return claims' arrays that find the first type by direction 0, and the second by direction 1."""
    look = np.zeros((TYPES, WIDTH), np.float32)
    look[[0, 1], [0, 1]] = 3
    return {"claims.query": look, "claims.weight": 2 * look, "claims.bias": np.full(TYPES, -3, np.float32)}


def probability(arrays, tokens):
    return Heads(arrays, {"claim_types": ("first", "second")}).read_claims(tokens)[0]


def adjusted(old):
    new = [text(at7=16.0) for _ in range(6)]
    claims = np.tile(np.array([1.0, 0.0], np.float32), (6, 1))
    return adjust_claims(trained(), ClaimExamples(new, claims, np.ones_like(claims)), old)


def test_new_words_for_a_claim_are_found_afterwards():
    asked = text(at7=16.0)
    assert probability(trained(), asked)[0] < 0.2

    assert probability(adjusted([text() for _ in range(40)]), asked)[0] > 0.7


def test_older_texts_are_read_as_before():
    old = [text(at0=2.0) for _ in range(20)] + [text(at1=2.0) for _ in range(20)] + [text() for _ in range(20)]
    asked = [text(at0=2.0), text(at1=2.0), text()]

    found = adjusted(old)

    before = np.array([probability(trained(), tokens) for tokens in asked])
    after = np.array([probability(found, tokens) for tokens in asked])
    assert np.abs(after - before).max() < 0.15


def test_answers_without_weight_teach_nothing():
    new = [text(at7=16.0) for _ in range(6)]
    nothing = np.zeros((6, TYPES), np.float32)

    found = adjust_claims(trained(), ClaimExamples(new, nothing + 1, nothing), [text() for _ in range(10)])

    assert np.allclose(found["claims.weight"], trained()["claims.weight"], atol=1e-3)
