"""The table of rules: each fires for its message, and the order holds."""

import pytest

from stemcheck.conversation.state import DialogueState
from stemcheck.dialogue.rules import RULES, decide
from tests.parse_data import claim
from tests.turns import LIBRARY, THRESHOLDS, context, say

JUDGED = say("claim", claims=[claim(), claim("no-risk", text="no side effects", start=40)]).state
ANSWERED = say("ahsct/risks").state
TWO_TOLD = say(
    parts=[("what is AHSCT", "ahsct/what-is-ahsct", 0.9), ("what does it cost", "money/what-does-it-cost", 0.9)]
)
BOTH_TOLD = say("msc/safe", state=ANSWERED).state
OFFER = "Our clinic treats MS with stem cell infusions. " + "We welcome you by the sea. " * 12
IN_FLOW = {name: DialogueState(flow=name) for name in ("erase", "message-offered", "message-writing")}
UNSURE = THRESHOLDS.possible - 0.01
IN_CHECK = say("clinics/start-clinic-check").state
STATES = {"new": DialogueState(), "answered": ANSWERED, "judged": JUDGED, "check": IN_CHECK, **IN_FLOW}

# rule: (situation, keyword arguments of a message)
CASES = {
    "alarm": ("alarm/chest-pain", {"degrees": {"now": 0.9, "none": 0.1}}),
    "claim-stops-medicine": ("claim", {"claims": [claim("stop-medication", text="throw your pills away")]}),
    "other-language": ("", {"language": "de"}),
    "erase-answered": ("small-talk/yes", {"state": IN_FLOW["erase"]}),
    "message-cancelled": ("small-talk/no", {"state": IN_FLOW["message-writing"], "text": "never mind"}),
    "message-taken": ("ahsct/risks", {"state": IN_FLOW["message-writing"], "text": "Please ring me about my scan"}),
    "message-accepted": ("small-talk/yes", {"state": IN_FLOW["message-offered"]}),
    "message-declined": ("small-talk/no", {"state": IN_FLOW["message-offered"]}),
    "message-asked-again": ("small-talk/greet", {"state": IN_FLOW["message-offered"], "text": "I'm on 020 7946 0018"}),
    "check-steered": ("clinic-check/go-back", {"state": IN_CHECK}),
    "check-answered": ("clinic-check/not-sure", {"state": IN_CHECK}),
    "wants-person": ("person-and-privacy/talk-to-person", {}),
    "wants-erasure": ("person-and-privacy/delete-chat", {}),
    "wants-copy": ("person-and-privacy/export-chat", {}),
    "wants-check": ("clinics/start-clinic-check", {}),
    "claims-asked-about": ("ahsct/risks", {"state": JUDGED, "claim_question": "worst", "text": "the worst one?"}),
    "claim-pointed-at": ("ahsct/risks", {"state": JUDGED, "text": "and the second?"}),
    "pasted-text": ("claim", {"text": OFFER, "is_pasted": True, "claims": [claim()]}),
    "claims-made": ("claim", {"claims": [claim()]}),
    "claims-asked": ("claim", {"claims": [claim(mode="asked")]}),
    "answer-pointed-at": ("bot/repeat", {"state": TWO_TOLD.state, "text": "the second one?"}),
    "claims-compared": ("after-verdict/compare-two", {"state": JUDGED, "text": "is the first worse than the second"}),
    "which-claim": ("after-verdict/what-about-that-one", {"state": JUDGED, "text": "what do you say to that one"}),
    "cells-compared": ("after-verdict/compare-two", {"state": BOTH_TOLD, "text": "and how do the two compare"}),
    "earlier-subject": ("after-verdict/go-back-to", {"state": ANSWERED, "text": "back to what I asked at first"}),
    "same-again": ("bot/say-it-shorter", {"state": ANSWERED}),
    "several-questions": (
        "ahsct/risks",
        {"parts": [("how risky is it", "ahsct/risks", 0.9), ("what does it cost", "money/what-does-it-cost", 0.9)]},
    ),
    "answer": ("ahsct/risks", {}),
    "possible-claim": ("claim", {"possible": [claim(probability=0.4, is_confirmed=False)]}),
    "likely-answer": ("ahsct/risks", {"confidence": (THRESHOLDS.possible + THRESHOLDS.sure) / 2}),
    "ask-back": ("ahsct/risks", {"confidence": UNSURE, "ranking": [("money/what-does-it-cost", UNSURE)]}),
    "near-answer": ("ahsct/risks", {"confidence": THRESHOLDS.near, "ranking": [("ahsct/evidence", THRESHOLDS.near)]}),
    "story-met": ("ahsct/risks", {"confidence": 0.05, "text": "my sister never speaks of it"}),
    "premise-corrected": (
        "money/who-pays",
        {"text": f"Since {claim().text}, who pays for it?", "claims": [claim(mode="asked", start=6)]},
    ),
    "unclear": ("ahsct/risks", {"confidence": 0.05}),
}


def plan(situation, **more):
    """Return the moves for a message."""
    return decide(context(situation, **more))


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_rule_plans_for_its_message(rule):
    situation, more = CASES[rule]

    moves = plan(situation, **more)

    assert moves[0].rule == rule


@pytest.mark.parametrize("rule", CASES)
def test_every_plan_is_composed_to_replies_that_name_their_rule(rule):
    situation, more = CASES[rule]

    turn = say(situation, **more)

    assert len(turn.answers) == len(turn.moves)
    assert all(answer.text and answer.extra["rule"] == rule for answer in turn.answers)
    assert "error" not in [answer.kind for answer in turn.answers]


def test_names_of_rules_are_unique():
    names = [rule.name for rule in RULES]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", [name for name in CASES if name != "alarm"])
def test_alarm_goes_before_every_other_rule(rule):
    situation, more = CASES[rule]

    (first, *_) = plan(situation, **{**more, "safety": "crisis"})

    assert (first.rule, first.action, first.args["card"]) == ("alarm", "action_show_safety_card", "crisis")


@pytest.mark.parametrize("rule", ["claims-made", "answer", "several-questions", "unclear", "pasted-text"])
def test_what_runs_goes_before_what_is_asked(rule):
    situation, more = CASES[rule]

    moves = plan(situation, **{**more, "state": IN_FLOW["message-writing"]})

    assert moves[0].rule == "message-taken"


def test_claims_judged_before_go_before_new_answers():
    assert plan("ahsct/risks", state=JUDGED, text="and the second?")[0].rule == "claim-pointed-at"
    assert plan("ahsct/risks", text="and the second?")[0].rule == "answer"


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_situation_has_an_answer_at_any_time(state):
    for situation in LIBRARY.situations:
        turn = say(situation, state=state)
        assert all(answer.text for answer in turn.answers), situation
        assert "error" not in [answer.kind for answer in turn.answers], situation


def test_message_of_which_nothing_was_read_is_answered_too():
    ctx = context()
    nothing = type(ctx)(LIBRARY, ctx.settings, type(ctx.reading)(""), DialogueState(), ctx.acts, ctx.thresholds)

    assert decide(nothing)[0].rule == "unclear"
