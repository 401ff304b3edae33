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


@pytest.mark.parametrize(
    "text",
    [
        "My neurologist at the hospital told me that AHSCT stops relapses",
        "the transplant team says a bone marrow transplant stops relapses",
        "My wife's consultant thinks HSCT stops relapses",
        "The MS Society writes that AHSCT stops relapses",
    ],
)
def test_own_team_and_ms_organisations_are_known_by_their_words(text):
    turn = say("claim", text=text, claims=[claim("halting", "reported", text)])

    assert verdicts(turn) == ["newer"]
    assert turn.answer.text.index(LIBRARY.updates["ahsct-accepted"].text) < turn.answer.text.index("stops relapses”")


@pytest.mark.parametrize(
    "text",
    [
        "An HSCT clinic in Mexico told me that AHSCT stops relapses",
        "They say that a transplant stops relapses",
        "My neurologist says that mesenchymal cells stop relapses",
        "my neurologist is against it. the clinic says AHSCT stops relapses",
    ],
)
def test_clinic_is_not_backed_by_what_is_newer(text):
    cells = ["msc", 0.9] if "mesenchymal" in text else ["any", 0.9]

    turn = say("claim", text=text, claims=[claim("halting", "reported", text)], labels={"cells": cells})

    assert verdicts(turn) == ["unproven"]


def test_study_is_not_called_the_own_team():
    text = "A published study found that HSCT stops relapses"

    turn = say("claim", text=text, claims=[claim("halting", "reported", text)], labels={"cells": ["ahsct", 0.9]})

    assert verdicts(turn) == ["newer"]
    assert turn.answer.extra["intro"] in LIBRARY.replies["verdict-lead-newer-published"].variants


def test_each_claim_is_judged_by_who_makes_it():
    said = ("My neurologist says that AHSCT calms MS down.", "The clinic says its cells cure it.")
    found = [claim("halting", "reported", said[0]), claim("cure", "reported", said[1], start=len(said[0]) + 1)]

    turn = say("claim", text=" ".join(said), claims=found)

    assert {card["type"]: card["verdict"] for card in turn.answer.claims} == {"cure": "myth", "halting": "newer"}


def test_what_is_newer_stays_so_when_it_is_pointed_at_later():
    first = say("claim", claims=[claim("halting", "reported")], labels=OWN_TEAM)

    again = say("small-talk/gibberish", 0.05, state=first.state, text="the first one?")

    assert (again.rule, verdicts(again)) == ("claim-pointed-at", ["newer"])


def test_medicine_that_the_own_team_stops_brings_neither_card_nor_verdict():
    text = "The transplant team told me to stop Gilenya before the transplant"
    found = [claim("stop-medication", "reported", text)]

    turn = say("medicine/team-told-me-to-stop", text=text, claims=found, safety="stopped-medicine")

    assert turn.rule == "answer"
    assert turn.state.situations == ("medicine/team-told-me-to-stop",)


@pytest.mark.parametrize(
    "text",
    [
        "my neurologist says I should not stop Gilenya but I stopped it",
        "the clinic told me to stop Gilenya",
        "I stopped Gilenya, my neurologist is on holiday",
    ],
)
def test_medicine_stopped_otherwise_still_brings_the_card(text):
    assert say("alarm/stopped-medicine", text=text, safety="stopped-medicine").answer.kind == "safety"


def test_question_beside_a_claim_that_is_made_is_answered_after_the_verdict():
    text = "They say that it cures MS. How do I find a real trial? And what is a placebo group?"
    parts = [
        ("They say that it cures MS", "claim", 0.9),
        ("How do I find a real trial?", "trials/find-a-trial", 0.5),
        ("And what is a placebo group?", "trials/placebo-group", 0.5),
    ]

    turn = say("claim", text=text, claims=[claim("cure", "reported", "They say that it cures MS.")], parts=parts)

    assert [move.action for move in turn.moves] == ["action_judge_claims", "action_answer"]
    assert turn.moves[1].args["situations"] == ["trials/find-a-trial", "trials/placebo-group"]


def test_question_whether_it_is_true_is_answered_by_the_verdict_alone():
    parts = [("it regrows myelin", "claim", 0.9), ("Is that true?", "after-verdict/is-it-true-then", 0.9)]

    turn = say("claim", claims=[claim("reversal", "reported", "it regrows myelin.")], parts=parts)

    assert len(turn.moves) == 1


def test_patients_story_is_met_kindly_and_not_contradicted():
    told = [claim("cure", text="stem cells cured my neighbour"), claim("testimonial", text="she walks again", start=40)]

    turn = say("claim", claims=told)

    assert turn.answer.extra["intro"] in LIBRARY.replies["verdict-lead-story"].variants


def test_one_of_several_judged_claims_that_is_not_named_is_asked_for_by_number():
    judged = say("claim", claims=[claim(), claim("no-risk", text="no side effects", start=40)])

    which = say("after-verdict/what-about-that-one", state=judged.state, text="what do you say to that")
    chosen = say("small-talk/gibberish", 0.05, state=which.state, text=which.answer.suggestions[1]["text"])

    assert which.answer.text.endswith(f"2. {judged.answer.claims[1]['label']}")
    assert [card["type"] for card in chosen.answer.claims] == [judged.answer.claims[1]["type"]]


def test_two_judged_claims_are_compared_by_their_numbers():
    found = [claim(), claim("no-risk", text="no side effects", start=40), claim("pressure", text="book now", start=80)]
    judged = say("claim", claims=found)

    turn = say("after-verdict/compare-two", state=judged.state, text="is the first worse than number 3?")

    assert turn.rule == "claims-compared"
    assert [card["type"] for card in turn.answer.claims] == [judged.answer.claims[place]["type"] for place in (0, 2)]


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
