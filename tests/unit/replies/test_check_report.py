"""The report on a checked text, as it is read and copied."""

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.replies.check_report import compose_report, count_claims, report_as_text
from tests.library import LIBRARY

ADVERT = "Our stem cells cure MS. " + "We welcome you by the sea. " * 12


def claim(type="cure", mode="asserted", text="Our stem cells cure MS", **more):
    return FoundClaim(type, mode, 0, len(text), text, **more)


def test_report_counts_claims_and_flagged_ones():
    report = compose_report(LIBRARY, ADVERT, [claim(), claim("cure", "asked"), claim("may-help")])

    assert report.summary == "3 claims, 1 flagged"


def test_one_claim_and_none_are_said_in_words():
    assert count_claims([{"flagged": False}]) == "1 claim, none flagged"
    assert count_claims([]) == "No claim found"


def test_what_only_may_be_a_claim_is_left_out():
    report = compose_report(LIBRARY, ADVERT, [claim(is_confirmed=False)])

    assert report.cards == ()


def test_advert_is_told_what_it_is_silent_about_and_what_to_ask():
    report = compose_report(LIBRARY, ADVERT, [claim()])

    assert any(text.startswith("Risks and side effects") for text in report.silences)
    assert report.questions


def test_short_text_is_told_of_no_silences():
    report = compose_report(LIBRARY, "Stem cells cure MS.", [claim()])

    assert report.silences == ()


def test_claim_that_ends_medicine_brings_the_safety_card():
    stopped = claim("stop-medication", text="Throw your pills away")

    report = compose_report(LIBRARY, "Throw your pills away", [stopped])

    assert "do not stop" in report.safety[0]


def test_asking_about_stopping_medicine_brings_no_safety_card():
    asked = claim("stop-medication", "asked", text="Can I stop my pills?")

    assert compose_report(LIBRARY, "Can I stop my pills?", [asked]).safety == ()


def test_text_holds_the_words_of_the_advert_verdict_reason_update_and_source():
    text = report_as_text(compose_report(LIBRARY, ADVERT, [claim()]))

    assert "“Our stem cells cure MS”\nA cure: Myth (said as true)\n" in text
    assert LIBRARY.claim_types["cure"].reason in text
    assert "Newer than our source" in text
    assert "Source: MS International Federation" in text


def test_two_claims_in_the_same_words_quote_them_once():
    text = report_as_text(compose_report(LIBRARY, ADVERT, [claim(), claim("guarantee")]))

    assert text.count("“Our stem cells cure MS”") == 1


def test_reason_that_was_given_above_is_not_given_again():
    text = report_as_text(compose_report(LIBRARY, ADVERT, [claim(), claim(text="our cells make MS vanish")]))

    assert text.count(LIBRARY.claim_types["cure"].reason) == 1
    assert "“our cells make MS vanish”\nA cure: Myth (said as true), see above\n" in text


def test_text_that_offers_nothing_is_told_of_no_silences():
    newsletter = "The tulips are out. On Tuesday the garden club meets behind the town hall, with tea and cake. " * 4

    report = compose_report(LIBRARY, newsletter, [])

    assert (report.silences, report.questions) == ((), ())


def test_offer_without_a_claim_is_still_told_what_it_leaves_unsaid():
    offer = "Our clinic by the sea has three rooms and a kind team. Ring us about your treatment. " * 4

    assert compose_report(LIBRARY, offer, []).silences


SELLER = "Please do not tell your neurologist about it. Once the deposit is here, we send you the consent form."


def test_red_flags_are_named_with_their_words_and_the_page_behind_them():
    report = compose_report(LIBRARY, SELLER, [])

    assert report.summary == "No claim found, 2 warning signs"
    assert [sign["id"] for sign in report.warnings] == ["keep-from-doctor", "pay-first"]
    text = report_as_text(report)
    assert "- Keep it from your doctor: “Please do not tell your neurologist about it.”" in text
    assert "Stem Cell Clinics" in text


def test_questions_for_red_flags_come_with_the_report():
    asked = compose_report(LIBRARY, SELLER, []).questions

    assert LIBRARY.questions["independent-view"].question in asked
    assert LIBRARY.questions["written-terms"].question in asked
