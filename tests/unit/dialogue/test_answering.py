"""Rules on answers: one, several, a likely one, a question back."""

import pytest

from stemcheck.conversation.reading import CLAIM
from tests.turns import LIBRARY, THRESHOLDS, say

RISKS, WHAT, COST = "ahsct/risks", "ahsct/what-is-ahsct", "money/what-does-it-cost"
BARELY = 0.05


UNSURE = THRESHOLDS.possible - 0.01


def parts(*names, sure=0.9):
    """Return parts of a message that ask, each of one situation."""
    return [(f"what about {name}", name, sure) for name in names]


def test_two_questions_are_both_answered_in_their_order():
    turn = say(COST, parts=parts(RISKS, COST))

    assert turn.moves[0].args["situations"] == [RISKS, COST]
    assert turn.state.situations == (RISKS, COST)


def test_part_that_is_not_sure_is_no_question():
    told = [("my aunt has been there", RISKS, THRESHOLDS.part_sure - BARELY), ("what does it cost", COST, 0.9)]

    turn = say(COST, parts=told)

    assert turn.moves[0].args["situations"] == [COST]


def test_each_of_several_plain_questions_is_answered_where_it_is_likely():
    turn = say(WHAT, UNSURE, parts=parts("bot/what-are-you", RISKS, sure=THRESHOLDS.part_asked))

    assert turn.rule == "several-questions"
    assert turn.moves[0].args["situations"] == ["bot/what-are-you", RISKS]


def test_question_below_its_bound_is_left_to_the_whole_message():
    turn = say(COST, parts=parts(RISKS, WHAT, sure=THRESHOLDS.part_asked - BARELY))

    assert turn.moves[0].args["situations"] == [COST]


@pytest.mark.parametrize("name", ["bot/who-made-you", "source/how-old", "person-and-privacy/what-is-stored"])
def test_question_on_the_assistant_or_its_source_is_answered_beside_another(name):
    turn = say(COST, parts=parts(name, COST))

    assert turn.moves[0].args["situations"] == [name, COST]


def test_sentences_of_a_long_text_are_no_questions():
    told = [(f"there is tea at {hour}", "bot/off-topic-knowledge", 0.95) for hour in range(9)]

    assert say("small-talk/weather-and-other", parts=told).state.situations == ("small-talk/weather-and-other",)


def test_small_talk_beside_a_question_needs_no_answer_of_its_own():
    turn = say(COST, parts=parts("small-talk/greet", COST))

    assert turn.moves[0].args["situations"] == [COST]


def test_at_most_four_questions_are_answered():
    turn = say(COST, parts=parts(RISKS, WHAT, "ahsct/evidence", "ahsct/age-limit", COST))

    assert len(turn.moves[0].args["situations"]) == 4


def test_each_of_three_listed_questions_is_answered_at_a_lower_bound():
    turn = say(WHAT, UNSURE, parts=parts(WHAT, RISKS, COST, sure=THRESHOLDS.part_listed))

    assert turn.moves[0].args["situations"] == [WHAT, RISKS, COST]


def test_labels_are_not_explained_where_nothing_was_judged():
    assert say("after-verdict/is-it-true-then", ranking=[(RISKS, THRESHOLDS.possible)]).state.situations == (RISKS,)
    assert say("after-verdict/what-did-i-get-wrong", THRESHOLDS.possible, ranking=[(RISKS, 0.2)]).state.situations == (
        RISKS,
    )


def test_message_read_as_a_claim_that_nobody_found_gets_its_likely_answer():
    assert say(CLAIM, 0.5, ranking=[(RISKS, THRESHOLDS.possible)]).state.situations == (RISKS,)


@pytest.mark.parametrize(
    ("confidence", "rule"),
    [
        (THRESHOLDS.sure, "answer"),
        (THRESHOLDS.sure - BARELY, "likely-answer"),
        (THRESHOLDS.possible, "likely-answer"),
        (UNSURE, "unclear"),
    ],
)
def test_bounds_decide_between_answer_and_question_back(confidence, rule):
    assert say(RISKS, confidence).rule == rule


def test_unsure_message_is_asked_back_with_the_likeliest_as_buttons():
    turn = say(RISKS, UNSURE, ranking=[(COST, UNSURE), (WHAT, THRESHOLDS.likely - BARELY)])

    titles = [LIBRARY.situations[name].title for name in (RISKS, COST)]
    assert turn.rule == "ask-back"
    assert [one["text"] for one in turn.answer.suggestions] == titles


def test_offered_situation_is_found_by_its_place():
    offered = say(RISKS, UNSURE, ranking=[(COST, UNSURE)]).state

    assert say("ms/what-is-ms", 0.2, state=offered, text="the second one").state.situations == (COST,)


def test_second_of_two_answers_is_found_by_its_place():
    told = say(COST, parts=parts(RISKS, COST)).state

    assert say("ms/what-is-ms", 0.2, state=told, text="and the second one?").state.situations == (COST,)


def test_likely_answer_says_its_doubt_after_it_and_begins_with_the_answer():
    turn = say(RISKS, THRESHOLDS.possible)

    first, *_, last = turn.text.split("\n\n")
    assert last in LIBRARY.replies["likely-close"].variants
    assert first not in LIBRARY.replies["likely-close"].variants


def test_buttons_never_show_the_same_thing_twice():
    turn = say(WHAT, THRESHOLDS.possible, ranking=[(name, THRESHOLDS.likely) for name in LIBRARY.situations[WHAT].next])

    titles = [one["text"] for one in turn.answer.suggestions]
    assert len(set(titles)) == len(titles) > 1


@pytest.mark.parametrize("name", ["alarm/wants-to-die", "alarm/pregnant-under-treatment", "alarm/fever-otherwise"])
def test_alarm_below_its_bounds_is_never_what_is_answered(name):
    as_whole = say(name, THRESHOLDS.alarm_talk - BARELY, ranking=[(RISKS, THRESHOLDS.possible)])
    as_part = say(COST, parts=[("I bled a little", name, 0.9), ("what does it cost", COST, 0.9)])

    assert as_whole.state.situations == (RISKS,)
    assert as_part.state.situations == (COST,)


@pytest.mark.parametrize("name", ["after-card/what-do-i-say", "clinic-check/not-sure", "bot/repeat"])
def test_what_follows_something_is_no_guess_when_it_follows_nothing(name):
    assert say(name, THRESHOLDS.possible, ranking=[(RISKS, THRESHOLDS.possible)]).state.situations == (RISKS,)


def test_what_now_beside_a_question_is_no_question_on_a_verdict_that_never_was():
    turn = say(COST, parts=[("I forgot to ask the price", COST, 0.9), ("what now", "after-verdict/so-what-now", 0.9)])

    assert turn.state.situations == (COST,)


@pytest.mark.parametrize("name", ["after-verdict/what-about-that-one", "after-verdict/go-back-to"])
def test_reply_that_only_leads_to_something_is_not_given_where_there_is_nothing(name):
    assert say(name, ranking=[(RISKS, 0.05)]).rule == "unclear"


def test_of_a_correction_what_was_meant_is_answered():
    turn = say("bot/you-misunderstood", 0.9, text="no, I meant the price", parts=[("the price", COST, 0.5)])

    assert turn.state.situations == (COST,)


def test_correction_that_does_not_say_what_was_meant_is_asked_for_it():
    turn = say("bot/you-misunderstood", 0.9, text="no, you got me wrong")

    assert turn.state.situations == ("bot/you-misunderstood",)


def test_feeling_is_taken_up_before_the_answer():
    turn = say(RISKS, labels={"feeling": ["fear", 0.9]})

    assert turn.text.split("\n\n")[0] in LIBRARY.replies["feeling-fear"].variants


def test_feeling_in_a_part_is_met_before_the_questions_of_the_others():
    feels = ("AHSCT and I'm terrified", "ahsct/neurologist-recommends-and-afraid", THRESHOLDS.part_asked)

    turn = say(WHAT, UNSURE, parts=[feels, *parts(RISKS, "ahsct/how-long-does-it-take")])

    first, second, *_ = turn.text.split("\n\n")
    assert first in LIBRARY.replies["feeling-fear"].variants
    assert turn.state.situations == (RISKS, "ahsct/how-long-does-it-take")
    assert len(turn.text.split()) <= 120 and second


def test_reply_that_meets_a_feeling_itself_gets_no_second_sentence_on_it():
    turn = say("ahsct/neurologist-recommends-and-afraid", labels={"feeling": ["fear", 0.9]})

    assert turn.moves[0].args["feeling"] == ""


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
