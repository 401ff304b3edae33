"""Rules on answers: one, several, the same again, a likely one, a question back."""

import pytest

from tests.turns import LIBRARY, THRESHOLDS, say

RISKS, WHAT, COST = "ahsct/risks", "ahsct/what-is-ahsct", "money/what-does-it-cost"
BARELY = 0.05


def parts(*names, sure=0.9):
    """Return parts of a message, each of one situation."""
    return [(f"what about {name}", name, sure) for name in names]


def test_two_questions_are_both_answered_in_their_order():
    turn = say(COST, parts=parts(RISKS, COST))

    assert turn.moves[0].args["situations"] == [RISKS, COST]
    assert turn.state.situations == (RISKS, COST)


def test_part_that_is_not_sure_is_no_question():
    turn = say(COST, parts=parts(RISKS, sure=THRESHOLDS.part_sure - BARELY))

    assert turn.moves[0].args["situations"] == [COST]


def test_small_talk_beside_a_question_needs_no_answer_of_its_own():
    quiet = next(name for name, item in LIBRARY.situations.items() if item.kind == "smalltalk")

    turn = say(COST, parts=parts(quiet, COST))

    assert turn.moves[0].args["situations"] == [COST]


def test_at_most_three_questions_are_answered():
    turn = say(COST, parts=parts(RISKS, WHAT, "ahsct/evidence", "ahsct/age-limit"))

    assert len(turn.moves[0].args["situations"]) == 3


@pytest.mark.parametrize(
    ("confidence", "rule"),
    [
        (THRESHOLDS.sure, "answer"),
        (THRESHOLDS.sure - BARELY, "likely-answer"),
        (THRESHOLDS.possible, "likely-answer"),
        (THRESHOLDS.possible - BARELY, "unclear"),
    ],
)
def test_bounds_decide_between_answer_and_question_back(confidence, rule):
    assert say(RISKS, confidence).rule == rule


def test_unsure_message_is_asked_back_with_the_likeliest_as_buttons():
    turn = say(RISKS, 0.22, ranking=[(WHAT, 0.2), (COST, 0.1)])

    titles = [LIBRARY.situations[name].title for name in (RISKS, WHAT)]
    assert turn.rule == "ask-back"
    assert [one["text"] for one in turn.answer.suggestions] == titles


def test_offered_situation_is_found_by_its_place():
    offered = say(RISKS, 0.22, ranking=[(WHAT, 0.2)]).state

    assert say("ms/what-is-ms", 0.2, state=offered, text="the second one").state.situations == (WHAT,)


def test_second_of_two_answers_is_found_by_its_place():
    told = say(COST, parts=parts(RISKS, COST)).state

    assert say("ms/what-is-ms", 0.2, state=told, text="and the second one?").state.situations == (COST,)


@pytest.mark.parametrize("situation", ["bot/say-it-shorter", "bot/say-it-simpler"])
def test_shorter_please_gives_the_short_reply_of_the_last_answer(situation):
    before = say(RISKS)

    turn = say(situation, state=before.state)

    assert turn.rule == "same-again"
    assert turn.state.situations == (RISKS,)
    assert len(turn.text.split()) < len(before.text.split())


def test_repeat_gives_the_last_answer_again():
    turn = say("bot/repeat", state=say(RISKS).state)

    assert (turn.rule, turn.state.situations) == ("same-again", (RISKS,))


def test_shorter_please_without_an_answer_is_answered_by_its_own_situation():
    assert say("bot/say-it-shorter").moves[0].args["situations"] == ["bot/say-it-shorter"]


def test_feeling_is_taken_up_before_the_answer():
    turn = say(RISKS, labels={"feeling": ["fear", 0.9]})

    assert turn.text.split("\n\n")[0] in LIBRARY.replies["feeling-fear"].variants


@pytest.mark.parametrize(
    ("situation", "label"), [(RISKS, ["fear", THRESHOLDS.feeling_sure - BARELY]), (RISKS, ["none", 0.9])]
)
def test_feeling_that_is_not_sure_is_not_put_into_somebodys_mouth(situation, label):
    assert say(situation, labels={"feeling": label}).moves[0].args["feeling"] == ""


@pytest.mark.parametrize("group", ["feelings", "family", "after-card", "small-talk"])
def test_situation_that_meets_the_feeling_itself_gets_no_second_sentence(group):
    name = next(name for name in LIBRARY.situations if name.startswith(f"{group}/"))

    turn = say(name, labels={"feeling": ["grief", 0.9]})

    assert turn.moves[0].args.get("feeling", "") == ""
