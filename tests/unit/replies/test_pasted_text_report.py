"""The report on a pasted text: what matters most, each kind of claim, what it leaves out, what to ask."""

import pytest

from stemcheck.conversation.state import DialogueState
from stemcheck.replies.pasted_text_report import MAX_QUESTIONS, report_text
from tests.parse_data import claim
from tests.turns import LIBRARY

ADVERT = "Our stem cells cure MS. " + "We welcome you by the sea. " * 12
NEWSLETTER = "The tulips are out. On Tuesday the garden club meets behind the town hall, with tea and cake. " * 4


def report(*claims, text=ADVERT, **more):
    """Return the reply to a pasted text, and the state after it."""
    return report_text(LIBRARY, text, claims, DialogueState(), **more)


def test_report_has_summary_claims_silences_questions_and_closing():
    answer, _ = report(claim(), claim("no-risk", text="no risk", start=40))

    stored = answer.extra["report"]
    assert answer.kind == "verdict"
    assert "2" in stored["summary"]
    assert {"id", "label", "why"} == stored["silences"][0].keys()
    assert {"id", "question", "why"} == stored["questions"][0].keys()
    assert 1 <= len(stored["questions"]) <= MAX_QUESTIONS
    assert all(
        part in answer.text for part in (stored["summary"], stored["closing"], stored["questions"][0]["question"])
    )


def test_claims_are_ranked_and_kept_in_that_order():
    answer, state = report(claim("testimonial", text="Anna walks"), claim(start=20), claim("pressure", start=60))

    types = [card["type"] for card in answer.claims]
    assert types[0] == "cure"
    assert [kept["type"] for kept in state.judged] == types


def test_report_leaves_out_what_the_visitor_asks_beside_it():
    answer, _ = report(claim(), claim("no-risk", "asked"))

    assert [card["type"] for card in answer.claims] == ["cure"]


def test_one_flagged_claim_is_named_in_the_summary():
    answer, _ = report(claim())

    assert LIBRARY.claim_types["cure"].label.lower() in answer.extra["report"]["summary"].lower()


def test_text_that_tells_to_stop_medicine_warns_before_the_claims():
    answer, _ = report(claim("stop-medication"), claim(start=40))

    assert LIBRARY.safety["stopped-medicine"].text in answer.extra["intro"]


def test_after_a_safety_card_the_report_does_not_warn_again():
    answer, _ = report(claim("stop-medication"), claim(start=40), after_card=True)

    assert LIBRARY.safety["stopped-medicine"].text not in answer.text
    assert answer.extra["report"]["questions"]


def test_long_text_that_is_no_offer_gets_no_questions_for_a_clinic():
    answer, _ = report(text=NEWSLETTER)

    assert answer.extra["report"]["summary"] in LIBRARY.replies["nothing-to-check"].variants
    assert (answer.extra["report"]["silences"], answer.extra["report"]["questions"]) == ([], [])


def test_offer_with_nothing_to_flag_is_said_so():
    answer, _ = report()

    assert answer.extra["report"]["summary"] in LIBRARY.replies["nothing-flagged"].variants
    assert answer.extra["report"]["questions"]


def test_text_within_the_source_is_said_so():
    answer, _ = report(claim("some-success-ahsct"))

    assert "one claim" in answer.extra["report"]["summary"]


@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_every_claim_type_can_be_reported(type):
    answer, _ = report(claim(type))

    assert LIBRARY.claim_types[type].reason in answer.text
    assert set(LIBRARY.claim_types[type].facts) == set(answer.facts)


SELLER = "Please do not tell your neurologist about it. Once the deposit is here, we send you the consent form. " * 3


def test_red_flags_are_warnings_with_guidance_and_a_source():
    answer, _ = report(claim(), text=SELLER)

    first, second = answer.extra["report"]["warnings"]
    assert (first["id"], second["id"]) == ("keep-from-doctor", "pay-first")
    assert "Please do not tell your neurologist" in first["label"]
    assert set(first["guidance"]) <= set(answer.guidance)
    assert first["source"]["id"] in {source["id"] for source in answer.sources}
    assert first["why"] in answer.text


def test_text_with_red_flags_alone_is_not_called_harmless():
    answer, _ = report(text=SELLER)

    assert "keep it from your doctor" in answer.extra["report"]["summary"]


def test_text_without_red_flags_has_an_empty_list_of_warnings():
    answer, _ = report(claim())

    assert answer.extra["report"]["warnings"] == []
