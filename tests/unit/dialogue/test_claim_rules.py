"""Rules on claims: those of a message, a pasted text, the visitor's own team, and what may be one."""

import pytest

from tests.parse_data import claim
from tests.turns import LIBRARY, THRESHOLDS, say

OFFER = "Our clinic treats MS with stem cell infusions. " + "We welcome you by the sea. " * 12
NEWSLETTER = "The tulips are out. On Tuesday the garden club meets behind the town hall, with tea and cake. " * 4
OWN_TEAM = {"speaker": ["own-doctor", 0.9], "cells": ["ahsct", 0.9]}
BARELY = 0.05


def verdicts(turn):
    """Return the verdicts of a turn's first reply."""
    return [card["verdict"] for card in turn.answer.claims]


def test_claim_that_is_made_is_judged_and_flagged():
    turn = say("claim", claims=[claim()])

    assert (turn.rule, turn.answer.claims[0]["flagged"]) == ("claims-made", True)


def test_asked_claim_is_judged_in_the_words_of_a_sure_situation():
    turn = say("approval/can-they-cure", claims=[claim(mode="asked")])

    assert turn.rule == "claims-asked"
    assert turn.state.situations == ("approval/can-they-cure",)
    assert not turn.answer.claims[0]["flagged"]


def test_question_beside_an_asked_claim_is_answered_after_the_verdict():
    parts = [("do they cure MS", "approval/can-they-cure", 0.9), ("what do they cost", "money/what-does-it-cost", 0.9)]

    turn = say("approval/can-they-cure", claims=[claim(mode="asked")], parts=parts)

    assert [move.action for move in turn.moves] == ["action_judge_claims", "action_answer"]
    assert turn.moves[1].args["situations"] == ["money/what-does-it-cost"]
    assert turn.moves[1].args["short"] is True


@pytest.mark.parametrize("type", ["cure", "halting", "success-rate"])
def test_own_team_on_ahsct_is_newer_than_the_source(type):
    turn = say("claim", claims=[claim(type, "reported")], labels=OWN_TEAM)

    assert verdicts(turn) == ["newer"]
    assert not turn.answer.claims[0]["flagged"]


@pytest.mark.parametrize(
    "labels",
    [
        {**OWN_TEAM, "speaker": ["clinic", 0.9]},
        {**OWN_TEAM, "cells": ["msc", 0.9]},
        {**OWN_TEAM, "speaker": ["own-doctor", THRESHOLDS.speaker_sure - BARELY]},
        {**OWN_TEAM, "cells": ["ahsct", THRESHOLDS.cells_sure - BARELY]},
    ],
)
def test_nobody_else_and_no_other_cells_are_newer(labels):
    assert verdicts(say("claim", claims=[claim("cure", "reported")], labels=labels)) == ["myth"]


def test_own_team_that_stops_a_medicine_before_ahsct_brings_no_card():
    turn = say("claim", claims=[claim("stop-medication", "reported")], labels=OWN_TEAM)

    assert turn.rule == "claims-made"


@pytest.mark.parametrize("mode", ["asserted", "reported"])
def test_claim_that_medicine_is_left_brings_card_and_verdict(mode):
    found = [claim("stop-medication", mode, "leave your tablets"), claim("reversal", text="walk again", start=40)]

    turn = say("claim", claims=found)

    assert turn.rule == "claim-stops-medicine"
    assert [answer.kind for answer in turn.answers] == ["safety", "verdict"]
    assert turn.answers[0].extra["card"]["id"] == "stopped-medicine"
    assert {card["type"] for card in turn.answers[1].claims} == {"stop-medication", "reversal"}


def test_question_whether_medicine_may_be_left_is_judged_without_a_card():
    turn = say("claim", claims=[claim("stop-medication", "asked", "may I stop my tablets?")])

    assert [answer.kind for answer in turn.answers] == ["verdict"]


def test_pasted_advert_gets_a_report():
    turn = say("claim", text=OFFER, is_pasted=True, claims=[claim()])

    assert turn.rule == "pasted-text"
    assert turn.answer.extra["report"]["questions"]


def test_pasted_offer_without_a_claim_gets_a_report_too():
    assert say("offers/should-i-go", 0.1, text=OFFER, is_pasted=True).rule == "pasted-text"


def test_pasted_text_about_something_else_gets_none():
    assert say("money/what-does-it-cost", 0.1, text=NEWSLETTER, is_pasted=True).rule == "unclear"


def test_pasted_advert_that_tells_to_leave_medicine_warns_its_reader_in_the_report():
    turn = say("claim", text=OFFER, is_pasted=True, claims=[claim("stop-medication"), claim(start=40)])

    assert turn.rule == "pasted-text"
    assert LIBRARY.safety["stopped-medicine"].text in turn.text


def test_claim_that_is_not_sure_is_judged_as_perhaps_misread():
    doubtful = claim("guarantee", probability=0.4, is_confirmed=False)

    turn = say("claim", possible=[claim(probability=0.3, is_confirmed=False), doubtful])

    assert turn.rule == "possible-claim"
    assert [card["type"] for card in turn.answer.claims] == ["guarantee"]
    assert turn.answer.extra["intro"] in LIBRARY.replies["unclear-claim"].variants


def test_doubtful_claim_in_a_message_about_something_else_is_not_brought_up():
    turn = say("money/what-does-it-cost", possible=[claim(probability=0.4, is_confirmed=False)])

    assert turn.rule == "answer"
