"""Whatever a visitor says again and again, no reply comes word for word three times running."""

from itertools import pairwise

import pytest

from stemcheck.conversation.state import DialogueState
from stemcheck.replies.repetition import digest
from tests.parse_data import claim
from tests.turns import LIBRARY, say


def say_again(situation, times=7, **more):
    """Return the turns of the same message, said several times."""
    turns, state = [], None
    for _ in range(times):
        turns.append(say(situation, state=state, **more))
        state = turns[-1].state
    return turns


def longest_run(turns):
    """Return how often the same text comes running."""
    runs = [1]
    for before, turn in pairwise(turns):
        runs.append(runs[-1] + 1 if turn.text == before.text else 1)
    return max(runs)


def test_same_message_never_gets_the_same_words_three_times():
    assert [name for name in LIBRARY.situations if longest_run(say_again(name)) >= 3] == []


@pytest.mark.parametrize("kind", LIBRARY.claim_types)
def test_same_claim_never_gets_the_same_words_three_times(kind):
    assert longest_run(say_again("claim", claims=[claim(kind)])) < 3


@pytest.mark.parametrize("code", ["de", "fr", "ru"])
def test_same_foreign_message_never_gets_the_same_words_three_times(code):
    assert longest_run(say_again("", language=code)) < 3


def test_unclear_message_never_gets_the_same_words_three_times():
    assert longest_run(say_again("ahsct/risks", confidence=0.05)) < 3


def test_card_said_again_keeps_its_numbers_and_nothing_beside_them():
    turns = say_again("", times=3, safety="crisis", region="UK")

    assert turns[2].text.endswith(turns[0].text)
    assert turns[2].text.split("\n\n")[0] in LIBRARY.replies["repeated-card"].variants
    assert turns[2].answer.suggestions == ()


def test_third_time_a_person_is_offered():
    turns = say_again("", times=3, language="de")

    assert turns[2].text.split("\n\n")[0] in LIBRARY.replies["repeated"].variants
    assert LIBRARY.situations["person-and-privacy/talk-to-person"].title in [
        one["text"] for one in turns[2].answer.suggestions
    ]


def test_state_holds_no_reply_word_for_word():
    turn = say("ahsct/risks")

    assert turn.state.said == (digest(turn.text),)
    assert turn.text not in str(turn.state.as_slot())
    assert DialogueState().said == ()
