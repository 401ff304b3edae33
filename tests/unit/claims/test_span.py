"""The words that make a claim: the fewest clauses that hold most of the attention."""

import itertools

import numpy as np
import pytest

from stemcheck.claims.span import find_span, split_clauses

TEXT = "No miracle, but all our patients walk again, see our film."


def attention_on(*words):
    places = [
        (TEXT.index(word), TEXT.index(word) + len(word)) for word in TEXT.replace(",", "").replace(".", "").split()
    ]
    weights = np.array([1.0 if TEXT[start:end] in words else 0.0 for start, end in places], np.float32)
    return find_span(TEXT, weights / max(1.0, weights.sum()), places)


def test_span_is_the_clause_with_the_attention():
    start, end = attention_on("patients", "walk")

    assert TEXT[start:end] == "all our patients walk again" or TEXT[start:end] == "but all our patients walk again"


def test_span_grows_until_it_holds_enough():
    start, end = attention_on("miracle", "walk")

    assert "miracle" in TEXT[start:end]
    assert "walk" in TEXT[start:end]


def test_without_any_attention_the_span_is_the_whole_text():
    assert find_span(TEXT, np.zeros(1, np.float32), [(0, 2)]) == (0, len(TEXT))


def test_special_tokens_without_a_place_are_let_be():
    start, end = find_span("MS is gone.", np.array([0.9, 0.1], np.float32), [(0, 0), (0, 2)])

    assert (start, end) == (0, 11)


@pytest.mark.parametrize("text", ["", "one", TEXT, "a; b: c - d … e\nf", "Ends with a comma, "])
def test_clauses_cover_the_text_without_gaps(text):
    clauses = split_clauses(text)

    assert clauses[0][0] == 0 and clauses[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(clauses))
