"""When a card is shown: by the rule or by the model, the graver of both, by degree, and never for a pasted text by the model."""

import pytest

from stemcheck.dialogue.alarms import DEGREES, USUAL_CARD, alarm_of, alarm_probabilities
from tests.parse_data import claim
from tests.turns import LIBRARY, THRESHOLDS, context, say

BOUNDS = {"now": THRESHOLDS.alarm_now, "today": THRESHOLDS.alarm_today, "talk": THRESHOLDS.alarm_talk}
OF_DEGREE = {
    degree: next(
        name
        for name, item in LIBRARY.situations.items()
        if item.degree == degree and item.card and name.startswith("alarm/")
    )
    for degree in DEGREES
}
BARELY = 0.02


def message(degree, probability):
    """Return the arguments of a message of this degree with this probability, by head and by situation alike."""
    return {"situation": OF_DEGREE[degree], "confidence": probability, "degrees": {degree: probability, "none": 0.0}}


@pytest.mark.parametrize("degree", DEGREES)
def test_message_of_a_degree_brings_the_card_of_its_situation(degree):
    turn = say(**message(degree, 0.9))

    assert turn.rule == "alarm"
    assert turn.answer.extra["card"]["id"] == LIBRARY.situations[OF_DEGREE[degree]].card


@pytest.mark.parametrize("degree", DEGREES)
def test_bound_of_each_degree_decides(degree):
    above, below = BOUNDS[degree] + BARELY, BOUNDS[degree] - BARELY

    assert alarm_of(context(**message(degree, above)))[0]
    assert alarm_of(context(**message(degree, below)))[0] == ""


@pytest.mark.parametrize("degree", DEGREES)
def test_degree_without_a_situation_brings_the_usual_card(degree):
    ctx = context("ahsct/risks", 0.05, degrees={degree: 1.0, "none": 0.0})

    card, situation = alarm_of(ctx)

    assert (card, situation) == (USUAL_CARD[degree], "")
    assert LIBRARY.safety[card].degree == degree


@pytest.mark.parametrize("degree", ["gentle", "none"])
def test_gentle_and_none_bring_no_card(degree):
    assert alarm_of(context("feelings/frightened", degrees={degree: 1.0})) == ("", "")


@pytest.mark.parametrize(
    ("calm", "card"), [(THRESHOLDS.calm_sure + BARELY, ""), (THRESHOLDS.calm_sure - BARELY, "infection")]
)
def test_model_that_is_sure_that_nothing_is_amiss_outweighs_the_plain_rule(calm, card):
    ctx = context("ahsct/infection-risk", 0.7, safety="infection", degrees={"none": calm, "today": 1 - calm})

    assert alarm_of(ctx)[0] == card


def test_probability_of_a_degree_is_the_mean_of_head_and_situations():
    ctx = context(OF_DEGREE["now"], 0.4, degrees={"now": 0.8})

    assert alarm_probabilities(ctx)["now"] == pytest.approx(0.6)


def test_graver_degrees_count_towards_a_lesser_one():
    ctx = context("ahsct/risks", 0.0, degrees={"now": 0.2, "today": 0.3, "talk": 0.1})

    found = alarm_probabilities(ctx)

    assert (found["now"], found["today"], found["talk"]) == pytest.approx((0.1, 0.25, 0.3))


def test_doubt_between_two_degrees_still_brings_a_card():
    half = BOUNDS["today"] * 0.6
    ctx = context("ahsct/risks", 0.0, degrees={"now": 2 * half, "today": 2 * half})

    assert alarm_of(ctx)[0] == USUAL_CARD["today"]


def test_medicine_left_and_a_wish_to_die_bring_both_cards_the_graver_first():
    other = [("alarm/stopped-medicine", 0.45)]
    turn = say("alarm/wants-to-die", 0.5, ranking=other, degrees={"talk": 0.5, "today": 0.45})

    assert [move.args["card"] for move in turn.moves] == ["stopped-medicine", "crisis"]
    assert [answer.extra["card"]["degree"] for answer in turn.answers] == ["today", "talk"]


def test_beside_a_card_that_says_now_there_is_no_second_one():
    turn = say(OF_DEGREE["now"], 0.5, degrees={"now": 0.9, "talk": 0.9})

    assert len(turn.moves) == 1


@pytest.mark.parametrize("card", LIBRARY.safety)
def test_card_of_the_rule_is_shown_without_the_model(card):
    assert alarm_of(context("ahsct/risks", safety=card))[0] == card


@pytest.mark.parametrize("card", [card.id for card in LIBRARY.safety.values() if card.degree != "now"])
def test_graver_card_of_the_model_goes_before_the_rules(card):
    found, situation = alarm_of(context(**message("now", 0.95), safety=card))

    assert (found, situation) == (LIBRARY.situations[OF_DEGREE["now"]].card, OF_DEGREE["now"])


@pytest.mark.parametrize("card", [card.id for card in LIBRARY.safety.values() if card.degree == "now"])
def test_graver_card_of_the_rule_goes_before_the_models(card):
    assert alarm_of(context(**message("today", 0.95), safety=card))[0] == card


@pytest.mark.parametrize(
    ("usual", "situation", "card"),
    [
        ("emergency", "alarm/overdose-taken", "overdose"),
        ("emergency", "alarm/suicide-planned", "crisis-now"),
        ("new-symptoms", "alarm/bladder-infection-signs", "infection"),
    ],
)
def test_of_two_cards_as_grave_the_one_that_says_more_is_shown(usual, situation, card):
    degree = LIBRARY.safety[card].degree
    ctx = context(situation, 0.9, safety=usual, degrees={degree: 0.9, "none": 0.0})

    assert alarm_of(ctx) == (card, situation)


def test_card_that_several_situations_call_for_is_counted_together():
    half = THRESHOLDS.possible / 2 + BARELY
    ctx = context("alarm/overdose-taken", half, ranking=[("alarm/poisoned-or-wrong-dose", half)], safety="emergency")

    assert alarm_of(ctx)[0] == "overdose"


def test_rule_keeps_its_card_where_the_models_is_a_guess():
    ctx = context("alarm/overdose-taken", THRESHOLDS.possible - BARELY, safety="emergency", degrees={"now": 0.9})

    assert alarm_of(ctx)[0] == "emergency"


@pytest.mark.parametrize("degree", DEGREES)
def test_pasted_text_is_in_no_danger_by_the_model(degree):
    assert alarm_of(context(**message(degree, 0.95), is_pasted=True)) == ("", "")


def test_pasted_text_in_which_the_rule_hears_danger_brings_the_card():
    assert alarm_of(context("ahsct/risks", safety="crisis", is_pasted=True))[0] == "crisis"


def test_in_danger_nothing_comes_beside_the_card():
    turn = say(**message("now", 0.95), claims=[claim()], parts=[("what is it", "ahsct/what-is-ahsct", 0.9)])

    assert [answer.kind for answer in turn.answers] == ["safety"]


@pytest.mark.parametrize("degree", ["today", "talk"])
def test_beside_a_card_that_leaves_time_the_question_is_answered_too(degree):
    turn = say(**message(degree, 0.95), parts=[("what is it", "ahsct/what-is-ahsct", 0.9)])

    assert [move.action for move in turn.moves] == ["action_show_safety_card", "action_answer"]
    assert turn.state.situations == ("ahsct/what-is-ahsct",)


def test_card_for_a_medicine_left_comes_with_the_verdict_on_the_words():
    turn = say("claim", safety="stopped-medicine", claims=[claim("stop-medication", "reported")])

    assert [answer.kind for answer in turn.answers] == ["safety", "verdict"]


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_alarm_in_another_language_brings_the_card_before_the_notice(code):
    turn = say("", language=code, safety="crisis")

    assert turn.rule == "alarm"
    words = LIBRARY.safety["crisis"].languages.get(code, LIBRARY.safety["crisis"])
    assert words.text in turn.text


def test_card_remembers_how_long_ago_it_was():
    card = say("ahsct/risks", safety="crisis")
    later = say("ahsct/risks", state=card.state)

    assert (card.state.card, card.state.card_age) == ("crisis", 0)
    assert (later.state.card, later.state.card_age) == ("crisis", 1)
