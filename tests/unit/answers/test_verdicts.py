"""Claims: each verdict in each mode, with the visitor's own words; the report on an advert."""

import pytest

from tests.unit.answers.understood import LIBRARY, ask, claim

ADVERT = "Our stem cells cure MS. " + "We welcome you by the sea. " * 12
FLAGGED = {kind.id for kind in LIBRARY.claim_types.values() if LIBRARY.verdicts[kind.verdict].flagged}


@pytest.mark.parametrize("mode", ["asserted", "reported", "asked"])
@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_claim_gets_its_verdict_reason_and_facts(type, mode):
    kind = LIBRARY.claim_types[type]
    answer, _ = ask("check_claim", claims=[claim(type, mode)])
    if kind.safety and mode != "asked":
        assert answer.extra["card"]["id"] == kind.safety
        answer = answer.following

    (card,) = answer.claims
    assert answer.kind == "verdict"
    assert card["verdict"] == kind.verdict
    assert card["flagged"] is (type in FLAGGED and mode != "asked")
    assert card["reason"] == (kind.asked if mode == "asked" else kind.reason)
    assert set(kind.facts) <= set(answer.facts)
    assert answer.sources or not kind.facts


def test_reply_names_the_visitors_words_and_the_verdict_in_words():
    answer, _ = ask("check_claim", claims=[claim(text="we heal MS for good")])

    assert "“we heal MS for good”" in answer.text
    assert LIBRARY.verdicts["myth"].label in answer.text


def test_text_is_whole_without_the_cards():
    answer, _ = ask("check_claim", claims=[claim()])

    assert answer.text.startswith(answer.extra["intro"])
    assert answer.claims[0]["reason"] in answer.text


@pytest.mark.parametrize(("mode", "lead"), [("asserted", "claim"), ("reported", "reported"), ("asked", "asked")])
def test_opening_fits_how_it_was_said(mode, lead):
    answer, _ = ask("check_claim", claims=[claim(mode=mode)])

    assert answer.extra["intro"] in LIBRARY.replies[f"{lead}-lead"].variants


def test_several_claims_are_counted_and_each_judged():
    answer, _ = ask("check_claim", claims=[claim(), claim("no-risk", text="no side effects at all", start=30)])

    assert "2 claims" in answer.extra["intro"]
    assert [card["type"] for card in answer.claims] == ["cure", "no-risk"]


def test_same_claim_twice_is_explained_once():
    answer, _ = ask("check_claim", claims=[claim(text="cures MS"), claim(text="heals MS", start=20)])

    assert answer.text.count(LIBRARY.claim_types["cure"].reason) == 1
    assert "“cures MS” / “heals MS”" in answer.text


def test_long_claim_is_quoted_in_part():
    answer, _ = ask("check_claim", claims=[claim(text="cures MS and " * 20)])

    assert " …”" in answer.text


def test_question_for_a_fact_that_sounds_like_a_claim_gets_the_fact():
    answer, _ = ask("ask_ahsct-evidence", confidence=0.9, claims=[claim("some-success-ahsct", "asked")])

    assert answer.kind == "answer"


def test_unsure_question_about_a_claim_gets_the_verdict():
    answer, _ = ask("ask_ahsct-evidence", confidence=0.3, claims=[claim("cure", "asked")])

    assert answer.kind == "verdict"


def test_advert_gets_a_report():
    answer, _ = ask("check_claim", text=ADVERT, claims=[claim(), claim("no-risk", text="no risk", start=40)])

    report = answer.extra["report"]
    assert answer.kind == "verdict"
    assert "2" in report["summary"]
    assert {"id", "label", "why"} == report["silences"][0].keys()
    assert 1 <= len(report["questions"]) <= 6
    assert report["closing"] in answer.text


def test_report_leaves_out_what_the_visitor_asks_beside_it():
    answer, _ = ask("check_claim", text=ADVERT, claims=[claim(), claim("no-risk", "asked")])

    assert [card["type"] for card in answer.claims] == ["cure"]


def test_advert_that_tells_to_stop_medicine_brings_the_safety_card_and_then_the_report():
    answer, _ = ask("check_claim", text=ADVERT, claims=[claim("stop-medication"), claim()])

    assert answer.extra["card"]["id"] == LIBRARY.claim_types["stop-medication"].safety
    assert [card["type"] for card in answer.following.claims] == ["stop-medication", "cure"]
    assert LIBRARY.safety["stopped-medicine"].text not in answer.following.text


def test_long_text_that_is_no_offer_gets_no_questions_for_a_clinic():
    newsletter = "The tulips are out. On Tuesday the garden club meets behind the town hall, with tea and cake. " * 4

    answer, _ = ask("nlu_fallback", text=newsletter, confidence=0.1)

    assert answer.extra["report"]["summary"] in LIBRARY.replies["nothing-to-check"].variants
    assert (answer.extra["report"]["silences"], answer.extra["report"]["questions"]) == ([], [])


def test_advert_with_nothing_to_flag_is_said_so():
    answer, _ = ask("nlu_fallback", text=ADVERT, confidence=0.1)

    assert answer.extra["report"]["summary"] in LIBRARY.replies["nothing-flagged"].variants
    assert answer.extra["report"]["questions"]


def test_advert_within_the_source_is_said_so():
    answer, _ = ask("check_claim", text=ADVERT, claims=[claim("some-success-ahsct")])

    assert "one claim" in answer.extra["report"]["summary"]


def test_short_message_with_a_claim_gets_no_report():
    answer, _ = ask("check_claim", text="They cure MS", claims=[claim()])

    assert "report" not in answer.extra
