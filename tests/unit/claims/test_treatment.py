"""Words of other treatments and illnesses: which of them makes a claim one about something else."""

import pytest

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.treatment import (
    NAMED_IN,
    NEAR,
    TreatmentMatcher,
    TreatmentWordsError,
    find_other,
    judge_treatment,
    load_treatment_words,
    read_treatment_words,
)
from tests.library import LIBRARY

MATCHER = TreatmentMatcher(
    {
        "stem-cells": ["cell", "cells", "infusion"],
        "ms": ["MS"],
        "other-treatment": ["yoga", "lemtrada"],
        "other-illness": ["sickle cell", "knee"],
        "other-use": ["rats"],
    }
)
FAR = "The room has a view of the sea. " * 20


def other(text, kind="reversal", piece=None):
    start = text.index(piece) if piece else 0
    return find_other(kind, MATCHER.find(text), start, start + len(piece or text))


def test_words_are_found_whatever_their_case_with_their_places():
    text = "My KNEE hurts."

    (word,) = MATCHER.find(text)

    assert (word.group, text[word.start : word.end]) == ("other-illness", "KNEE")


def test_longer_word_wins_over_the_one_inside_it():
    assert [word.text for word in MATCHER.find("Her sickle cell anaemia")] == ["sickle cell"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The yoga got her walking again", "other-treatment: yoga"),
        ("New scan, no new spots, thank you Lemtrada", "other-treatment: Lemtrada"),
        ("The cells healed his knee", "other-illness: knee"),
        ("Cells make rats walk again", "other-use: rats"),
        ("Her sickle cell disease is gone", "other-illness: sickle cell"),
    ],
)
def test_claim_about_something_else_names_the_word(text, word):
    assert other(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "The cells got her walking again",
        "Where yoga failed, our cells got her walking again",
        "They heal your MS and your knee",
        "If rats walk, you with your MS will",
        "You will walk again",
    ],
)
def test_claim_about_our_subject_or_about_none_names_nothing(text):
    assert other(text) == ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [("stop-medication", "Bin the Lemtrada"), ("superiority", "Stronger than Lemtrada"), ("cure-all", "Heals knee")],
)
def test_types_that_name_others_by_their_nature_are_let_be(kind, text):
    assert other(text, kind) == ""
    assert other(text, "improvement")


def test_neighbour_that_speaks_of_cells_keeps_a_piece_ours():
    piece = "With yoga she walked again."

    assert other(f"Then came the cells. {piece}", piece=piece) == ""


def test_neighbour_far_away_does_not():
    piece = "With yoga she walked again."

    assert len(FAR) > NEAR
    assert other(f"We talked of cells. {FAR}{piece}", piece=piece) == "other-treatment: yoga"


def test_whole_text_speaks_for_a_piece_that_names_nothing():
    piece = "She walks again."

    assert other(f"My sister and her yoga. {FAR}{piece}", piece=piece) == "other-treatment: yoga"


@pytest.mark.parametrize(("probability", "is_confirmed"), [(0.4, False), (0.5, False), (0.51, True)])
def test_claim_in_doubt_is_taken_away_and_a_sure_one_is_not(probability, is_confirmed):
    claim = FoundClaim("reversal", "asserted", 0, 10, "walk again", probability)
    text = "With yoga you walk again"

    judged = judge_treatment(claim, MATCHER.find(text), 0, len(text))

    assert judged.is_confirmed is is_confirmed
    assert judged.about == "other-treatment: yoga"


def test_claim_that_was_not_confirmed_stays_so():
    claim = FoundClaim("reversal", "asserted", 0, 10, "walk again", 0.95, False)

    assert not judge_treatment(claim, MATCHER.find("With yoga you walk again"), 0, 24).is_confirmed


def test_exempt_types_are_known_types():
    assert frozenset().union(*NAMED_IN.values()) <= set(LIBRARY.claim_types)


def test_words_of_the_file_are_read():
    found = load_treatment_words().find("Stem cells for MS, not Tecfidera for a hernia, in mice")

    assert [word.group for word in found] == ["stem-cells", "ms", "other-treatment", "other-illness", "other-use"]


@pytest.mark.parametrize("content", ["treatment_words: {ms: [MS]}", "treatment_words: []", "words: {}"])
def test_wrong_file_is_named(tmp_path, content):
    path = tmp_path / "words.yml"
    path.write_text(content, "utf-8")

    with pytest.raises(TreatmentWordsError, match=r"data/treatment-words\.yml"):
        read_treatment_words(path)
