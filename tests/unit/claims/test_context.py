"""Cues and their reach: where they stand, which of two counts, and what they do to a claim."""

import numpy as np
import pytest

from stemcheck.claims.context import judge_context, reaches
from stemcheck.claims.cues import Cue, CueError, CueMatcher, load_cues, read_cues
from stemcheck.claims.patterns import PatternError, load_patterns, read_patterns
from tests.library import LIBRARY

MATCHER = CueMatcher(
    {
        ("negation", "before"): ["no", "no longer", "can't"],
        ("debunking", "after"): ["is a myth"],
        ("reporting", "before"): ["they say"],
        ("asking", "before"): ["is it true that"],
        ("hedging", "before"): ["is unknown whether", "might"],
    }
)
ASSERTED, DOUBTFUL_MODE = np.array([0.98, 0.01, 0.01]), np.array([0.4, 0.3, 0.3])


def kinds(text):
    return [(cue.kind, cue.text) for cue in MATCHER.find(text)]


def judge(text, claim, *, kind="cure", probability=0.5, modes=ASSERTED):
    start = text.index(claim)
    return judge_context(kind, probability, modes, MATCHER.find(text), text, start, start + len(claim))


def test_cues_are_found_whatever_their_case_with_their_places():
    text = "Well, THEY SAY so."

    (cue,) = MATCHER.find(text)

    assert (cue.kind, text[cue.start : cue.end]) == ("reporting", "THEY SAY")


def test_longer_cue_wins_over_the_shorter_inside_it():
    assert kinds("It is no longer there") == [("negation", "no longer")]


def test_curly_apostrophe_is_an_apostrophe():
    assert kinds("It can’t heal") == [("negation", "can't")]


def test_words_that_only_look_like_a_denial_are_none():
    affirming = CueMatcher(
        {("negation", "before"): ["no", "can't"], ("affirming", "before"): ["no less than", "can't deny"]}
    )

    assert affirming.find("It is no less than a cure, you can't deny it") == []
    assert [cue.text for cue in affirming.find("It is no cure")] == ["no"]


def test_cue_inside_a_word_is_none():
    assert kinds("Nothing new in Norway, they sayeth") == []


@pytest.mark.parametrize(
    ("side", "start", "is_reached"),
    [("before", 0, True), ("before", 30, False), ("after", 0, False), ("after", 30, True)],
)
def test_cue_reaches_a_claim_on_its_side_alone(side, start, is_reached):
    assert reaches(Cue("negation", side, "no", start, start + 2), 10, 20) is is_reached


@pytest.mark.parametrize(
    ("text", "claim"), [("No, it heals MS", "it heals MS"), ("That it heals MS is a myth", "it heals MS")]
)
def test_doubtful_claim_that_is_denied_is_not_said(text, claim):
    context = judge(text, claim)

    assert not context.is_said
    assert context.cue


def test_denial_after_the_claim_does_not_take_it_back():
    assert judge("It heals MS, with no delay", "It heals MS").is_said


def test_sure_claim_is_said_in_spite_of_a_cue():
    assert judge("No miracle, but it heals MS", "it heals MS", probability=0.95).is_said


def test_hedged_types_are_not_taken_back_by_hedges():
    matcher = load_cues()
    text = "It might help some day"

    context = judge_context("may-help", 0.5, ASSERTED, matcher.find(text), text, 0, len(text))

    assert context.is_said


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("They say it heals MS", "reported"),
        ("Is it true that it heals MS", "asked"),
        ("So it heals MS?", "asked"),
        ("They say it heals MS?", "reported"),
        ("So it heals MS", "asserted"),
    ],
)
def test_cue_turns_a_doubtful_mode(text, mode):
    context = judge(text, "it heals MS", modes=DOUBTFUL_MODE)

    assert context.mode == mode


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("It heals MS? No. There is no cure.", "asked"),
        ("It heals MS. Is that all? There is more.", "asserted"),
        ("It heals MS\nIs that all? There is more.", "asserted"),
    ],
)
def test_question_mark_of_the_claims_own_sentence_outweighs_its_neighbours(text, mode):
    assert judge(text, "It heals MS").mode == mode


def test_cue_leaves_a_sure_mode_alone():
    assert judge("They say it heals MS", "it heals MS").mode == "asserted"


def test_cue_files_are_read_and_all_kinds_are_there():
    found = load_cues().find("There is no proof, perhaps; I hope they say so. Is it true that it works? It is a myth.")

    assert {cue.kind for cue in found} == {"negation", "hedging", "wishing", "reporting", "asking", "debunking"}


def test_wrong_cue_file_is_named(tmp_path):
    with pytest.raises(CueError, match=r"data/cues/negation\.yml"):
        read_cues(tmp_path)


def test_wrong_pattern_is_named(tmp_path):
    path = tmp_path / "patterns.yml"
    path.write_text("patterns: {cure: ['(']}", "utf-8")

    with pytest.raises(PatternError, match="cure"):
        read_patterns(path)


def test_patterns_are_of_known_types():
    assert set(load_patterns()._patterns) <= set(LIBRARY.claim_types)


def test_claim_that_is_left_open_is_not_said_however_sure_the_network_is():
    text = "They say it is unknown whether cells heal MS."

    assert judge(text, "cells heal MS", probability=0.95).cue == "hedging: is unknown whether"
    assert not judge(text, "cells heal MS", probability=0.95).is_said


def test_what_is_left_open_ends_with_its_sentence():
    assert judge("Why is unknown whether or not. Cells heal MS.", "Cells heal MS", probability=0.95).is_said
