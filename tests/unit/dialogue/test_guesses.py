"""Messages that are not clear: a near answer, a story that is met, the two likeliest subjects as a question."""

import pytest

from stemcheck.dialogue.guesses import MIN_SUBJECT, load_subjects
from tests.turns import LIBRARY, SETTINGS, THRESHOLDS, say

RISKS, EVIDENCE, COST = "ahsct/risks", "ahsct/evidence", "money/what-does-it-cost"
NEAR = THRESHOLDS.near


def test_barely_likely_situation_is_answered_when_the_next_is_of_its_subject():
    turn = say(RISKS, NEAR, ranking=[(EVIDENCE, NEAR)])

    assert (turn.rule, turn.state.situations) == ("near-answer", (RISKS,))
    assert turn.text.split("\n\n")[-1] in LIBRARY.replies["likely-close"].variants


def test_barely_likely_situation_is_answered_when_its_subject_is_plain():
    turn = say(RISKS, 0.18, ranking=[(COST, 0.15), (EVIDENCE, THRESHOLDS.near_subject - 0.18)])

    assert (turn.rule, turn.state.situations) == ("near-answer", (RISKS,))


def test_two_subjects_that_may_be_meant_are_named_in_the_question_back():
    turn = say(RISKS, MIN_SUBJECT, ranking=[(COST, MIN_SUBJECT)], text="the stuff?")

    words = load_subjects(SETTINGS.data_folder)
    assert turn.rule == "unclear"
    assert words["ahsct"] in turn.text and words["money"] in turn.text and turn.text.rstrip().endswith("?")
    assert [one["text"] for one in turn.answer.suggestions] == [
        LIBRARY.situations[name].title for name in (RISKS, COST)
    ]


def test_no_subject_is_named_that_is_next_to_impossible():
    assert say(RISKS, 0.03, ranking=[(COST, 0.02)], text="purple?").text in LIBRARY.replies["unclear"].variants


def test_every_group_that_can_be_named_exists():
    assert set(load_subjects(SETTINGS.data_folder)) <= {item.group for item in LIBRARY.situations.values()}


@pytest.mark.parametrize("text", ["my sister never speaks of it", "I was the one who went there"])
def test_personal_story_is_met_and_not_sent_back(text):
    turn = say(RISKS, 0.03, text=text)

    assert turn.rule == "story-met"
    assert turn.text in LIBRARY.replies["unclear-story"].variants


def test_feeling_of_a_story_is_met_first_and_help_is_named_after_it():
    turn = say(
        RISKS, 0.03, text="my sister never speaks of it", labels={"feeling": ["grief", THRESHOLDS.feeling_heard]}
    )

    met, helped = turn.text.split("\n\n")
    assert met in LIBRARY.replies["feeling-grief"].variants
    assert helped in LIBRARY.replies["unclear-feeling"].variants


def test_story_before_a_question_that_is_not_understood_is_met_as_well():
    told = [("my children send me these things", RISKS, 0.03), ("is that so wrong?", COST, 0.03)]

    turn = say(RISKS, 0.03, text="my children send me these things. is that so wrong?", parts=told)

    assert turn.text in LIBRARY.replies["unclear-in-story"].variants


def test_request_is_no_story():
    assert say(RISKS, 0.03, text="help me with my list for that").rule == "unclear"


@pytest.mark.parametrize("reply", ["unclear-story", "unclear-in-story", "unclear-feeling"])
def test_whoever_is_met_hears_whom_to_talk_to(reply):
    assert all("MS nurse" in text for text in LIBRARY.replies[reply].variants)
