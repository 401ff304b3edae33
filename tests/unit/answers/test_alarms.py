"""When a safety card is shown beside claims, what comes with it, and what "why?" brings after it."""

import pytest

from tests.unit.answers.understood import LIBRARY, ask, claim

STOP = claim("stop-medication", "reported", "they say to leave my tablets")
PROMISE = claim("reversal", text="I will walk again", start=40)
DANGER = [card for card in LIBRARY.safety if card != "stopped-medicine"]


def test_claim_that_medicine_is_stopped_brings_card_and_verdict():
    answer, memory = ask("check_claim", claims=[STOP, PROMISE])

    assert (answer.kind, answer.extra["card"]["id"]) == ("safety", "stopped-medicine")
    assert [card["type"] for card in answer.following.claims] == ["stop-medication", "reversal"]
    assert [kept["type"] for kept in memory.judged] == ["stop-medication", "reversal"]


def test_question_whether_medicine_may_be_stopped_is_judged():
    answer, _ = ask("check_claim", claims=[claim("stop-medication", "asked", "may I stop my tablets?")])

    assert answer.kind == "verdict"


@pytest.mark.parametrize("card", DANGER)
def test_danger_beside_a_claim_brings_the_card_alone(card):
    answer, _ = ask(f"safety_{card}", confidence=0.9, claims=[PROMISE])

    assert answer.extra["card"]["id"] == card
    assert answer.following is None


@pytest.mark.parametrize("card", DANGER)
def test_claim_that_only_sounds_like_danger_is_judged(card):
    answer, _ = ask(f"safety_{card}", confidence=0.7, claims=[PROMISE])

    assert [found["type"] for found in answer.claims] == ["reversal"]


def test_why_after_the_card_judges_the_claim_that_brought_it():
    _, memory = ask("check_claim", claims=[STOP, PROMISE])

    answer, _ = ask("ask_why", memory, text="why is that bad")

    assert [found["type"] for found in answer.claims] == ["stop-medication"]


def test_claim_named_after_the_card_is_the_one_that_is_judged():
    _, memory = ask("check_claim", claims=[STOP, PROMISE])

    answer, _ = ask("ask_source", memory, text="where is that from, about walking", subjects=("reversal",))

    assert [found["type"] for found in answer.claims] == ["reversal"]


@pytest.mark.parametrize("intent", ["ask_why", "tell_more", "explain", "ask_source"])
@pytest.mark.parametrize("card", DANGER)
def test_follow_up_in_danger_brings_the_card_again(card, intent):
    _, memory = ask(f"safety_{card}", safety=card)

    answer, _ = ask(intent, memory)

    assert answer.extra["card"]["id"] == card


@pytest.mark.parametrize(("card", "is_taken"), [("emergency", True), ("infection", True), ("crisis", False)])
def test_note_to_the_team_is_taken_unless_rule_or_crisis_speaks(card, is_taken):
    _, offered = ask("talk_to_person")
    _, writing = ask("affirm", offered)

    answer, _ = ask(f"safety_{card}", writing, text="Ada, 020 7946 0018, in the morning please", confidence=0.9)

    assert (answer.kind != "safety") is is_taken


def test_note_in_which_the_rule_hears_danger_brings_the_card():
    _, writing = ask("affirm", ask("talk_to_person")[1])

    answer, _ = ask("safety_emergency", writing, text="I can't breathe", safety="emergency")

    assert answer.extra["card"]["id"] == "emergency"
