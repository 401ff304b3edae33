"""The last reply once more, whatever it was, and a subject of earlier turns."""

import pytest

from tests.parse_data import claim
from tests.turns import LIBRARY, say, say_in_turn

RISKS, TIME, COST, DIET = "ahsct/risks", "ahsct/how-long-does-it-take", "money/what-does-it-cost", "ms/diet-vitamins"
SHORTER, SIMPLER, BACK = "bot/say-it-shorter", "bot/say-it-simpler", "after-verdict/go-back-to"


@pytest.mark.parametrize("situation", [SHORTER, SIMPLER])
def test_shorter_please_gives_the_short_reply_of_the_last_answer(situation):
    before = say(RISKS)

    turn = say(situation, state=before.state)

    assert turn.rule == "same-again"
    assert turn.state.situations == (RISKS,)
    assert len(turn.text.split()) < len(before.text.split())


@pytest.mark.parametrize(
    "text", ["shorter", "simpler please", "ok, in plain English please", "too long", "I don't get it"]
)
def test_plain_words_ask_for_it_whatever_the_network_makes_of_them(text):
    turn = say("ms/what-is-ms", 0.9, state=say(RISKS).state, text=text)

    assert (turn.rule, turn.state.situations) == ("same-again", (RISKS,))


def test_repeat_gives_the_last_answer_again():
    turn = say("bot/repeat", state=say(RISKS).state)

    assert (turn.rule, turn.state.situations) == ("same-again", (RISKS,))


def test_verdict_comes_shorter_too_and_keeps_its_numbers():
    judged = say("claim", claims=[claim(), claim("no-risk", text="no side effects", start=40)])

    turn = say(SHORTER, state=judged.state)

    assert turn.rule == "same-again"
    assert [card["type"] for card in turn.answer.claims] == [card["type"] for card in judged.answer.claims]
    assert len(turn.text.split()) < len(judged.text.split()) / 2
    assert turn.state.judged == judged.state.judged


def test_report_on_a_pasted_text_comes_shorter_too():
    text = "Our clinic treats MS with stem cell infusions. " + "We welcome you by the sea. " * 12
    report = say("claim", text=text, is_pasted=True, claims=[claim(), claim("pressure", text="book now", start=50)])

    turn = say(SHORTER, state=report.state)

    assert turn.rule == "same-again"
    assert len(turn.text.split()) < len(report.text.split()) / 3


def test_card_comes_again_and_no_answer_of_before():
    card = say(RISKS, safety="crisis", state=say(COST).state)

    turn = say(SHORTER, state=card.state)

    assert turn.answer.extra["card"]["id"] == "crisis"


def test_open_offer_is_put_once_more():
    offer = say("person-and-privacy/talk-to-person", state=say(RISKS).state)

    turn = say("bot/repeat", state=offer.state)

    assert (turn.answer.kind, turn.state.flow) == ("handoff", "message-offered")


@pytest.mark.parametrize("situation", [SHORTER, SIMPLER, "bot/repeat", "bot/explain-more"])
def test_nothing_to_say_again_is_said_so(situation):
    assert say(situation).text in LIBRARY.replies["nothing-before"].variants


def test_subject_is_taken_up_again_five_turns_later_by_its_name():
    *_, last = say_in_turn(TIME, COST, DIET, "ms/smoking", "ms/vitamin-d", "small-talk/thanks")

    turn = say(BACK, state=last.state, text="can we go back to how long it takes")

    assert (turn.rule, turn.state.situations) == ("earlier-subject", (TIME,))


def test_subject_is_taken_up_again_by_its_place():
    *_, last = say_in_turn(TIME, COST, DIET)

    assert say(BACK, state=last.state, text="back to the first thing").state.situations == (TIME,)


def test_subject_that_is_not_named_is_asked_for():
    *_, last = say_in_turn(TIME, COST, DIET)

    turn = say(BACK, state=last.state, text="can we go back a bit")

    assert turn.text in LIBRARY.replies["go-back-to-which"].variants
    assert turn.answer.suggestions[0]["text"] == LIBRARY.situations[DIET].title


def test_two_kinds_of_cells_that_were_spoken_of_are_compared():
    *_, last = say_in_turn(RISKS, COST, "msc/safe")

    turn = say("after-verdict/compare-two", state=last.state, text="and how do the two compare")

    assert (turn.rule, turn.state.situations) == ("cells-compared", ("stem-cells/ahsct-versus-msc",))


def test_shorter_once_more_leaves_the_first_sentence_alone():
    first = say(SHORTER, state=say(RISKS).state)

    again = say(SHORTER, state=first.state)

    assert again.text == first.text.split(". ")[0] + "."


@pytest.mark.parametrize("text", ["can we go back to how long it takes", "and returning to the first thing"])
def test_earlier_subject_is_known_by_plain_words_too(text):
    *_, last = say_in_turn(TIME, COST, DIET)

    turn = say("ms/what-is-ms", 0.3, state=last.state, text=text)

    assert (turn.rule, turn.state.situations) == ("earlier-subject", (TIME,))
