"""What a short message points at: a claim or an answer told before, by number, place, quotation or subject."""

import pytest

from stemcheck.dialogue.references import MAX_CHARS, points_at_subject
from tests.parse_data import claim
from tests.turns import say

CLAIMS = (
    claim("cure", text="cures MS"),
    claim("no-risk", text="no side effects at all", start=20),
    claim("halting", text="relapses stop", start=60),
)
JUDGED = say("claim", claims=CLAIMS).state
ORDER = [kept["type"] for kept in JUDGED.judged]


def follow(text, state=JUDGED, **more):
    """Return the claim types of the reply to a follow-up that means nothing by itself."""
    turn = say("small-talk/gibberish", 0.05, state=state, text=text, **more)
    return [card["type"] for card in turn.answer.claims]


@pytest.mark.parametrize(
    ("text", "place"), [("the second one?", 1), ("and the last?", -1), ("point 1", 0), ("and the third", 2), ("2", 1)]
)
def test_claim_is_found_by_its_place_as_numbered_on_the_screen(text, place):
    assert follow(text) == [ORDER[place]]


def test_place_that_is_not_there_points_at_nothing():
    assert follow("the ninth one?") == []


def test_places_stay_the_same_after_one_was_picked():
    after = say("small-talk/gibberish", 0.05, state=JUDGED, text="the first one").state

    assert follow("and the third?", after) == [ORDER[2]]


def test_place_counts_the_cards_as_they_are_numbered_on_the_screen():
    same = [claim("guarantee", text="it stops for certain"), claim("halting", text="it stops for certain")]
    state = say("claim", claims=[*same, claim("testimonial", text="he walks again", start=40)]).state
    numbered = [kept["type"] for kept in state.judged]

    assert follow("the first one", state) == numbered[:1]
    assert follow("the second one", state) == numbered[1:2]
    assert follow("the third one", state) == numbered[2:]


def test_claim_is_found_by_its_subject_in_the_words_it_had():
    turn = say("small-talk/gibberish", 0.05, state=JUDGED, text="and the relapses?", subjects=["halting"])

    assert [card["text"] for card in turn.answer.claims] == ["relapses stop"]


def test_claim_is_found_by_a_quotation():
    assert follow("what is amiss with ‘no side effects’?") == ["no-risk"]


def test_naming_a_claim_is_not_making_it():
    turn = say(
        "claim", state=JUDGED, text="and the relapses bit", claims=[claim("halting", text="the relapses bit")],
        subjects=["halting"],
    )  # fmt: skip

    assert turn.rule == "claim-pointed-at"
    assert [kept["type"] for kept in turn.state.judged] == ORDER


@pytest.mark.parametrize("text", ["Do stem cells stop relapses?", "Nobody can promise that stem cells stop relapses."])
def test_whole_sentence_stands_for_itself(text):
    assert follow(text, subjects=["halting"]) == []


def test_subject_that_nobody_claimed_points_at_nothing():
    assert follow("and the licence bit", subjects=["approval"]) == []


def test_long_message_points_at_nothing():
    assert follow("the second one, " + "and I mean it " * 8) == []
    assert len("the second one, " + "and I mean it " * 8) > MAX_CHARS


def test_new_claim_is_judged_and_does_not_point_back():
    turn = say("claim", state=JUDGED, text="the second one guarantees it", claims=[claim("guarantee")])

    assert turn.rule == "claims-made"


def test_question_asked_in_between_does_not_end_the_talk_about_claims():
    between = say("ahsct/risks", state=JUDGED).state

    turn = say("small-talk/gibberish", 0.05, state=between, text="was it right?", claim_question="told-right")

    assert {card["type"] for card in turn.answer.claims} == set(ORDER)


def test_claims_beside_a_safety_card_can_be_asked_about():
    card = say("claim", claims=[claim("stop-medication", text="leave your tablets")]).state

    assert follow("so was it right?", card, claim_question="told-right") == ["stop-medication"]


def test_without_a_verdict_nothing_is_pointed_at():
    turn = say("ahsct/risks", 0.05, text="the second one?", claim_question="worst", subjects=["halting"])

    assert turn.rule == "unclear"


@pytest.mark.parametrize(
    "text", ["and the relapses?", "what about the price", "the licence bit", "is the cure thing true?"]
)
def test_subject_and_little_more_points_back(text):
    assert points_at_subject(text)


@pytest.mark.parametrize(
    "text", ["do stem cells stop relapses?", "I read that relapses stop", "my relapses stopped in May"]
)
def test_other_words_do_not(text):
    assert not points_at_subject(text)
