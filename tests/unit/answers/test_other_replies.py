"""Follow-ups with and without something to follow, small talk, safety, a person, privacy."""

import pytest

from stemcheck.answers.follow_up import FOLLOW_UPS
from stemcheck.answers.memory import Memory
from stemcheck.answers.small_replies import SMALL_TALK, failure, greeting
from stemcheck.settings import Settings
from tests.unit.answers.understood import LIBRARY, ask, claim

AFTER_FACT = ask("ask_msc-effects")[1]
AFTER_VERDICT = ask("check_claim", claims=[claim()])[1]
AFTER_DECLINE = ask("out_of_scope_cost")[1]


@pytest.mark.parametrize("intent", FOLLOW_UPS)
@pytest.mark.parametrize("memory", [Memory(), AFTER_FACT, AFTER_VERDICT, AFTER_DECLINE], ids=range(4))
def test_every_follow_up_has_an_answer_at_any_time(intent, memory):
    answer, _ = ask(intent, memory)

    assert answer.text
    assert answer.kind != "error"


@pytest.mark.parametrize("intent", ["ask_source", "ask_why", "tell_more", "explain"])
def test_follow_up_keeps_to_the_last_answer(intent):
    assert ask(intent, AFTER_FACT)[0].facts == ("msc-effects",)


@pytest.mark.parametrize("intent", ["ask_why", "tell_more", "explain"])
def test_without_context_a_follow_up_says_so(intent):
    answer, _ = ask(intent)

    assert answer.text in LIBRARY.replies["no-context"].variants


def test_source_without_context_is_the_page_that_all_comes_from():
    assert "MS International Federation" in ask("ask_source")[0].text


def test_why_after_a_declined_topic_stays_with_it():
    assert ask("ask_why", AFTER_DECLINE)[0].text in LIBRARY.topics["cost"].variants


def test_tell_more_again_goes_on_to_the_next_fact():
    _, memory = ask("tell_more", AFTER_FACT)

    answer, _ = ask("tell_more", memory)

    assert answer.facts != ("msc-effects",)


def test_other_kind_turns_from_one_to_the_other():
    answer, _ = ask("other_kind", AFTER_FACT)

    assert answer.facts == (LIBRARY.facts["msc-effects"].other_kind,)


def test_other_kind_without_context_asks_which():
    assert ask("other_kind")[0].suggestions


def test_so_they_lied_is_answered_about_words_and_never_people():
    answer, _ = ask("ask_verdict", AFTER_VERDICT)

    assert answer.kind == "verdict"
    assert answer.extra["intro"] in LIBRARY.replies["ask-verdict"].variants
    assert answer.claims[0]["type"] == "cure"


def test_why_after_a_verdict_keeps_the_claims_in_mind():
    _, memory = ask("ask_why", AFTER_VERDICT)

    assert ask("ask_verdict", memory)[0].kind == "verdict"


def test_newer_than_the_source_is_told_with_the_update():
    assert ask("ask_newer", AFTER_FACT)[0].updates


@pytest.mark.parametrize("intent", SMALL_TALK)
def test_small_talk_has_its_reply(intent):
    answer, _ = ask(intent)

    assert answer.kind == "smalltalk"
    assert answer.text in LIBRARY.replies[SMALL_TALK[intent]].variants


def test_small_talk_does_not_end_the_topic():
    _, memory = ask("thanks", AFTER_FACT)

    assert ask("ask_source", memory)[0].facts == ("msc-effects",)


def test_greeting_says_that_it_is_no_doctor_and_names_the_source():
    text = greeting(LIBRARY).text

    assert "doctor" in text
    assert "MSIF" in text


@pytest.mark.parametrize("card", LIBRARY.safety)
def test_safety_card_comes_alone_whatever_else_was_said(card):
    answer, memory = ask("ask_mesems", AFTER_VERDICT, safety=card, claims=[claim()])

    assert answer.kind == "safety"
    assert answer.extra["card"]["id"] == card
    assert answer.facts == answer.claims == answer.suggestions == ()
    assert memory.facts == memory.claims == ()


ADVERT = (
    "Our stem cells free you of MS. "
    + "The clinic lies by a lake and has a garden. " * 6
    + "Stop your MS drugs for good."
)
TO_LEAVE = claim("stop-medication", text="Stop your MS drugs for good")


def test_advert_that_tells_to_leave_medicine_brings_card_and_report():
    answer, memory = ask("check_claim", text=ADVERT, claims=[TO_LEAVE], safety="stopped-medicine")

    assert (answer.kind, answer.following.kind, memory.kind) == ("safety", "verdict", "safety")
    assert answer.following.extra["report"]["questions"]
    assert "do not stop" not in answer.following.extra["report"]["summary"].lower()


def test_in_danger_no_report_follows_the_card():
    answer, _ = ask("check_claim", text=ADVERT, claims=[TO_LEAVE], safety="emergency")

    assert (answer.kind, answer.following) == ("safety", None)


@pytest.mark.parametrize(("country", "first"), [("US", "911"), ("UK", "999 or 112"), ("default", "112"), ("XX", "112")])
def test_visitors_country_comes_first(country, first):
    answer, _ = ask("safety_emergency", settings=Settings(country=country))

    assert answer.extra["card"]["numbers"][0]["number"] == first


def test_person_is_the_default_contact_unless_the_operator_names_one():
    own = Settings(contact_name="Our helpline", contact_phone="020 7946 0018", contact_url="https://charity.example")

    assert LIBRARY.contacts["default"].name in ask("talk_to_person")[0].text
    answer, _ = ask("talk_to_person", settings=own)
    assert answer.kind == "handoff"
    assert "Our helpline" in answer.text
    assert "020 7946 0018" in answer.text


def test_what_is_stored_names_the_days():
    answer, _ = ask("ask_stored-data", settings=Settings(retention_days=30))

    assert answer.kind == "privacy"
    assert "30" in answer.text


def test_erasing_is_asked_back_first():
    answer, memory = ask("forget_me")

    assert "action" not in answer.extra
    assert memory.running == "erase"


def test_yes_erases_and_no_keeps():
    _, memory = ask("forget_me")

    assert ask("affirm", memory)[0].extra["action"] == "erase"
    assert "action" not in ask("deny", memory)[0].extra


def test_yes_without_the_question_erases_nothing():
    answer, _ = ask("affirm")

    assert (answer.kind, "action" in answer.extra) == ("smalltalk", False)


def test_yes_some_turns_later_erases_nothing():
    _, memory = ask("forget_me")
    _, memory = ask("ask_mesems", memory)

    assert "action" not in ask("affirm", memory)[0].extra


def test_copy_is_offered_to_the_widget():
    assert ask("export_data")[0].extra["action"] == "export"


@pytest.mark.parametrize("reply", ["error-down", "error-slow"])
def test_failure_is_honest_and_says_what_to_do(reply):
    answer = failure(LIBRARY, reply)

    assert answer.kind == "error"
    assert "again" in answer.text


@pytest.mark.parametrize("intent", ["ask_mesems", "check_claim", "greet", "talk_to_person", "safety_crisis"])
def test_reply_is_a_message_of_the_chat_api(intent):
    message = ask(intent)[0].as_message()

    lists = ("facts", "claims", "updates", "sources", "citations", "suggestions")
    assert message["role"] == "assistant"
    assert all(isinstance(message[name], list) for name in lists)


@pytest.mark.parametrize("intent", ["share_doubt", "share_story"])
def test_what_is_only_said_gets_a_kind_word_and_something_to_ask(intent):
    answer, _ = ask(intent)

    assert answer.kind == "smalltalk"
    assert answer.suggestions


def test_hope_is_answered_with_what_the_source_hopes():
    answer, _ = ask("share_hope")

    assert answer.facts == ("ms-hope", "early-stage")
    assert any(answer.text.startswith(lead) for lead in LIBRARY.replies["share-hope"].variants)


def test_statement_about_a_fact_gets_the_fact():
    answer, _ = ask("share_story", confidence=0.8, ranking=[("ask_msc-sources", 0.12), ("check_claim", 0.05)])

    assert answer.facts == ("msc-sources",)


def test_story_that_is_about_no_fact_gets_none():
    answer, _ = ask("share_story", confidence=0.9, ranking=[("ask_msc-sources", 0.04), ("out_of_scope_ms", 0.03)])

    assert answer.kind == "smalltalk"


def test_question_for_a_fact_is_no_question_for_the_source_of_nothing():
    answer, _ = ask("ask_source", confidence=0.55, ranking=[("ask_msc-sources", 0.4)])

    assert answer.facts == ("msc-sources",)


def test_what_faintly_sounds_like_a_claim_and_holds_none_is_what_it_sounds_like_next():
    answer, _ = ask("check_claim", confidence=0.5, ranking=[("goodbye", 0.3), ("thanks", 0.1)])

    assert answer.text in LIBRARY.replies["goodbye"].variants
