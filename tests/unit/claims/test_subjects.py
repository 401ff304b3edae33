"""What a short message names and asks of claims judged before."""

import pytest

from stemcheck.claims.subjects import SubjectMatcher, Subjects
from tests.library import LIBRARY

MATCHER = SubjectMatcher(LIBRARY.claim_subjects, LIBRARY.claim_questions)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("and the relapses?", "halting"),
        ("what about the percentage?", "success-rate"),
        ("the 90% bit", "success-rate"),
        ("the guarantee bit", "guarantee"),
        ("is the LICENCE thing true", "approval"),
        ("and the nerves part?", "reversal"),
        ("what of the patients’ words", "testimonial"),
    ],
)
def test_subject_is_named(text, kind):
    assert kind in MATCHER.find(text).types


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("is there anything true in it?", "any-true"),
        ("which is the worst?", "worst"),
        ("so was it right what they told me?", "told-right"),
        ("is it true", "is-it-true"),
        ("should I write back to them?", "write-back"),
    ],
)
def test_question_about_all_claims_is_read(text, question):
    assert MATCHER.find(text).question == question


def test_longer_question_is_one_of_its_own():
    assert MATCHER.find("is it true that the cells come from fat or skin").question == ""


def test_plain_message_names_nothing():
    assert MATCHER.find("hello there") == Subjects()


def test_every_claim_type_but_those_that_may_help_has_words():
    assert set(LIBRARY.claim_types) - set(LIBRARY.claim_subjects) == {"may-help", "may-help-msc"}
