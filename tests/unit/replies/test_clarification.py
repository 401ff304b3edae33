"""The greeting, a question back, another language, and the honest word when something is down."""

import pytest

from stemcheck.conversation.state import DialogueState
from stemcheck.replies.clarification import FIRST, ask_which, failure, greeting, tell_language
from tests.turns import LIBRARY


def test_greeting_says_that_it_is_no_doctor_names_the_source_and_offers_questions():
    answer = greeting(LIBRARY)

    assert "doctor" in answer.text and "MS International Federation" in answer.text
    assert [one["text"] for one in answer.suggestions] == [LIBRARY.situations[name].title for name in FIRST]


def test_likely_situations_are_offered_by_their_titles():
    names = ["ahsct/risks", "money/what-does-it-cost"]

    answer, state = ask_which(LIBRARY, names, DialogueState())

    assert answer.kind == "out-of-scope"
    assert [one["text"] for one in answer.suggestions] == [LIBRARY.situations[name].title for name in names]
    assert state.offered == tuple(names)


def test_message_that_nobody_understands_is_said_so_with_what_can_be_asked():
    answer, state = ask_which(LIBRARY, [], DialogueState())

    assert answer.text in LIBRARY.replies["unclear"].variants
    assert len(answer.suggestions) == len(FIRST)
    assert state.offered == ()


@pytest.mark.parametrize("names", [["ahsct/risks", "ahsct/evidence"], []])
def test_feeling_is_met_before_a_question_back(names):
    answer, _ = ask_which(LIBRARY, names, DialogueState(), feeling="shame")

    assert answer.text.startswith(LIBRARY.replies["feeling-shame"].variants[0])
    assert answer.text not in LIBRARY.replies["feeling-shame"].variants


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_other_language_is_answered_in_it_with_the_publishers_page(code):
    answer, _ = tell_language(LIBRARY, code, DialogueState())

    assert answer.text.startswith(LIBRARY.languages[code].notice)
    assert answer.sources[0]["url"] in answer.text
    assert answer.extra["language"] == code


@pytest.mark.parametrize("reply", ["error-down", "error-slow"])
def test_failure_is_honest_and_says_what_to_do(reply):
    answer = failure(LIBRARY, reply)

    assert answer.kind == "error"
    assert "again" in answer.text
