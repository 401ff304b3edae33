"""A message for the team: only after a yes, cancelled at any time, beside whatever else is asked."""

import pytest

from stemcheck.answers.memory import Memory
from tests.unit.answers.understood import LIBRARY, ask

WORDS = "Please ring Ada on 020 7946 0018, mornings are best"


def offered(memory=None):
    """Return the memory after somebody asked for a person."""
    return ask("talk_to_person", memory)[1]


def writing(memory=None):
    """Return the memory after the visitor said yes to the offer."""
    return ask("affirm", offered(memory), text="Yes, take a message")[1]


def passed_on(answer):
    """Tell whether the web service is told to keep the visitor's words."""
    return answer.extra.get("action") == "pass-on"


def test_asking_for_a_person_gives_the_contact_and_asks_first():
    answer, _ = ask("talk_to_person")

    assert answer.extra["contact"]["name"] in answer.text
    assert answer.extra["asks"] == "message"
    assert [button["text"] for button in answer.suggestions] == ["Yes, take a message", "No, thank you"]


def test_after_a_yes_the_next_words_are_passed_on_with_a_receipt():
    answer, memory = ask("out_of_scope_unclear", writing(), text=WORDS)

    assert passed_on(answer)
    assert answer.text in LIBRARY.replies["handoff-sent"].variants
    assert memory.running == ""


def test_nothing_is_passed_on_without_a_yes():
    no, memory = ask("deny", offered(), text="No, thank you")
    later, _ = ask("out_of_scope_unclear", memory, text=WORDS)
    ignored, _ = ask("out_of_scope_unclear", offered(), text=WORDS)

    assert not any(passed_on(answer) for answer in (no, later, ignored))


@pytest.mark.parametrize("text", ["cancel", "No", "never mind", "Stop.", "I changed my mind"])
def test_message_can_be_cancelled(text):
    answer, memory = ask("out_of_scope_unclear", writing(), text=text)

    assert answer.text in LIBRARY.replies["handoff-cancelled"].variants
    assert (passed_on(answer), memory.running) == (False, "")


@pytest.mark.parametrize(
    "text",
    [
        "No appointment came through, can you help me sort it out with my nurse",
        "Stop sending me to forms, I am at home all day",
    ],
)
def test_message_that_begins_like_a_no_is_a_message(text):
    assert passed_on(ask("complaint", writing(), text=text)[0])


def test_yes_with_a_number_is_both_consent_and_message():
    assert passed_on(ask("affirm", offered(), text="yes, ring me on 020 7946 0018")[0])


@pytest.mark.parametrize("intent", ["ask_mesems", "ask_stored-data"])
def test_question_in_between_is_answered_and_the_message_still_awaited(intent):
    between, memory = ask(intent, writing(), text="and what is that?")
    answer, _ = ask("out_of_scope_unclear", memory, text=WORDS)

    assert not passed_on(between)
    assert between.text.endswith(LIBRARY.replies["handoff-still-open"].variants[0])
    assert passed_on(answer)


def test_safety_card_goes_first_and_ends_the_message():
    card, memory = ask("safety_crisis", writing(), safety="crisis")
    answer, _ = ask("out_of_scope_unclear", memory, text=WORDS)

    assert card.kind == "safety"
    assert not passed_on(answer)


def test_forgetting_in_between_asks_back_and_a_yes_erases():
    _, memory = ask("forget_me", writing(), text="forget me")
    answer, _ = ask("affirm", memory, text="yes")

    assert answer.extra["action"] == "erase"


def test_another_question_after_the_offer_is_answered_and_ends_it():
    answer, memory = ask("ask_mesems", offered())

    assert answer.facts == ("mesems",)
    assert memory.running == ""


@pytest.mark.parametrize(("text", "intent"), [("No, thank you", "deny"), (WORDS, "out_of_scope_unclear")])
def test_clinic_check_goes_on_after_the_message(text, intent):
    _, memory = ask("clinic_check", Memory())
    memory = offered(memory) if intent == "deny" else writing(memory)

    answer, memory = ask(intent, memory, text=text)

    assert answer.extra["progress"]["step"] == 1
    assert memory.running == "clinic-check"


def test_number_without_a_yes_is_asked_about_again():
    answer, memory = ask("out_of_scope_unclear", offered(), text=WORDS)

    assert answer.extra == {"asks": "message"}
    assert not passed_on(answer)
    assert memory.running == "message-offered"


def test_question_about_the_team_does_not_end_the_message():
    answer, memory = ask("talk_to_person", writing(), text="can somebody ring me?")

    assert not passed_on(answer)
    assert passed_on(ask("out_of_scope_unclear", memory, text=WORDS)[0])


def test_small_talk_after_a_safety_card_points_to_the_card():
    _, memory = ask("safety_crisis", safety="crisis")

    assert ask("greet", memory)[0].text in LIBRARY.replies["after-safety"].variants
