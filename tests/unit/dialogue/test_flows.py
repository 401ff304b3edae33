"""What runs over turns: the clinic check, a message to the team, erasing the chat; and what a later yes may not do."""

import pytest

from stemcheck.settings import Settings
from tests.parse_data import claim
from tests.turns import LIBRARY, say

WORDS = "Please ring Ada on 020 7946 0018, mornings are best"
STEPS = list(LIBRARY.clinic_check.values())
ERASE, PERSON, CHECK = (
    "person-and-privacy/delete-chat",
    "person-and-privacy/talk-to-person",
    "clinics/start-clinic-check",
)
YES, NO, RISKS = "small-talk/yes", "small-talk/no", "ahsct/risks"


def offered(state=None):
    """Return the state after somebody asked for a person."""
    return say(PERSON, state=state).state


def writing(state=None):
    """Return the state after the visitor said yes to the offer."""
    return say(YES, state=offered(state), text="Yes, take a message").state


def actions(turn):
    """Return what the web service is told to do in a turn."""
    return [answer.extra["action"] for answer in turn.answers if "action" in answer.extra]


def checking(*answers, state=None):
    """Return the turn after these answers to the check's questions."""
    turn = say(CHECK, state=state)
    for answer in answers:
        turn = say("small-talk/acknowledge", 0.1, state=turn.state, text=answer)
    return turn


# a message to the team


def test_asking_for_a_person_gives_the_contact_and_asks_first():
    turn = say(PERSON)

    assert turn.answer.extra["contact"]["name"] in turn.text
    assert turn.answer.extra["asks"] == "message"
    assert [button["text"] for button in turn.answer.suggestions] == ["Yes, take a message", "No, thank you"]
    assert actions(turn) == []


def test_person_is_the_default_contact_unless_the_operator_names_one():
    own = Settings(contact_name="Our helpline", contact_phone="020 7946 0018", contact_url="https://charity.example")

    assert LIBRARY.contacts["default"].name in say(PERSON).text
    turn = say(PERSON, settings=own)
    assert turn.answer.kind == "handoff"
    assert "Our helpline" in turn.text and "020 7946 0018" in turn.text


def test_after_a_yes_the_next_words_are_passed_on_with_a_receipt():
    turn = say("small-talk/gibberish", state=writing(), text=WORDS)

    assert actions(turn) == ["pass-on"]
    assert turn.text in LIBRARY.replies["handoff-sent"].variants
    assert turn.state.flow == ""


def test_nothing_is_passed_on_without_a_yes():
    declined = say(NO, state=offered(), text="No, thank you")
    later = say("small-talk/gibberish", state=declined.state, text=WORDS)
    ignored = say("small-talk/gibberish", state=offered(), text=WORDS)

    assert [actions(turn) for turn in (declined, later, ignored)] == [[], [], []]


@pytest.mark.parametrize("text", ["cancel", "No", "never mind", "Stop.", "I changed my mind"])
def test_message_can_be_cancelled(text):
    turn = say("small-talk/gibberish", state=writing(), text=text)

    assert turn.text in LIBRARY.replies["handoff-cancelled"].variants
    assert (actions(turn), turn.state.flow) == ([], "")


@pytest.mark.parametrize(
    "text",
    [
        "No appointment came through, can you help me sort it out with my nurse",
        "Stop sending me to forms, I am at home all day",
    ],
)
def test_message_that_begins_like_a_no_is_a_message(text):
    assert actions(say("person-and-privacy/complaint-about-service", state=writing(), text=text)) == ["pass-on"]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_message_in_another_language_is_passed_on_and_not_lost(language):
    turn = say("", language=language, state=writing(), text="Rappelez-moi demain au 01 70 18 99 00, s'il vous plaît")

    assert actions(turn) == ["pass-on"]


def test_question_in_another_language_is_told_that_only_english_is_spoken_and_the_message_stays_open():
    turn = say("", language="fr", state=writing(), text="qui lit ce message ?")

    assert [move.action for move in turn.moves] == ["action_name_language", "action_hand_over"]
    assert turn.state.flow == "message-writing"


def test_yes_with_a_number_is_both_consent_and_message():
    assert actions(say(YES, state=offered(), text="yes, ring me on 020 7946 0018")) == ["pass-on"]


def test_number_without_a_yes_is_asked_about_again():
    turn = say("small-talk/gibberish", state=offered(), text=WORDS)

    assert turn.answer.extra["asks"] == "message"
    assert (actions(turn), turn.state.flow) == ([], "message-offered")


@pytest.mark.parametrize("situation", [RISKS, "person-and-privacy/what-is-stored"])
def test_question_in_between_is_answered_and_the_message_still_awaited(situation):
    between = say(situation, state=writing(), text="and what is that?")
    turn = say("small-talk/gibberish", state=between.state, text=WORDS)

    assert actions(between) == []
    assert between.text.endswith(LIBRARY.replies["handoff-still-open"].variants[0])
    assert actions(turn) == ["pass-on"]


def test_question_about_the_team_does_not_end_the_message():
    between = say(PERSON, state=writing(), text="is there a real person at all?")

    assert actions(between) == []
    assert actions(say("small-talk/gibberish", state=between.state, text=WORDS)) == ["pass-on"]


@pytest.mark.parametrize(
    "text",
    [
        "Can somebody ring me tomorrow?",
        "Would you please write to me about the trial in Leeds?",
        "what I want to know from your team is how my sister can get her papers back from the clinic that she was at",
    ],
)
def test_question_to_the_team_is_the_message_however_short(text):
    assert actions(say("small-talk/gibberish", 0.1, state=writing(), text=text)) == ["pass-on"]


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("and what is that?", RISKS),
        ("before I write anything at all could you please tell me who is able to read the words I put in here?", RISKS),
    ],
)
def test_question_to_the_assistant_is_answered_however_long(text, situation):
    turn = say(situation, state=writing(), text=text)

    assert (actions(turn), turn.state.flow) == ([], "message-writing")


def test_question_on_the_service_leaves_the_offer_open():
    between = say("person-and-privacy/what-is-stored", state=offered(), text="what happens with my message?")

    assert between.answers[-1].extra["asks"] == "message"
    assert say(YES, state=between.state, text="yes").state.flow == "message-writing"


def test_safety_card_goes_first_and_ends_the_message():
    card = say(RISKS, state=writing(), safety="crisis", text="I can't go on")
    later = say("small-talk/gibberish", state=card.state, text=WORDS)

    assert card.answer.kind == "safety"
    assert actions(later) == []


def test_another_question_after_the_offer_is_answered_and_ends_it():
    turn = say(RISKS, state=offered())

    assert turn.state.situations == (RISKS,)
    assert turn.state.flow == ""
    assert actions(say(YES, state=turn.state, text=f"yes {WORDS}")) == []


# erasing


def test_erasing_is_asked_back_first():
    turn = say(ERASE)

    assert actions(turn) == []
    assert (turn.answer.extra["asks"], turn.state.flow) == ("erase", "erase")


def test_yes_erases_and_no_keeps():
    asked = say(ERASE).state

    assert actions(say(YES, state=asked, text="yes")) == ["erase"]
    kept = say(NO, state=asked, text="no")
    assert (actions(kept), kept.state.flow) == ([], "")


def test_yes_without_the_question_erases_nothing():
    assert actions(say(YES, text="yes")) == []


@pytest.mark.parametrize(
    "between",
    [
        RISKS,
        "small-talk/thanks",
        "person-and-privacy/export-chat",
        "person-and-privacy/what-is-stored",
        CHECK,
    ],
)
def test_a_later_yes_erases_nothing(between):
    left = say(between, state=say(ERASE).state)

    assert "erase" not in actions(say(YES, state=left.state, text="yes"))


@pytest.mark.parametrize("message", [{"safety": "crisis"}, {"language": "de"}, {"claims": [claim()]}])
def test_a_yes_after_card_language_or_verdict_erases_nothing(message):
    situation = "" if "language" in message else "claim"
    left = say(situation, state=say(ERASE).state, **message)

    assert "erase" not in actions(say(YES, state=left.state, text="yes"))


def test_forgetting_while_a_message_is_written_asks_back_and_a_yes_erases():
    asked = say(ERASE, state=writing(), text="forget me")

    assert actions(asked) == []
    assert actions(say(YES, state=asked.state, text="yes")) == ["erase"]


def test_question_whether_to_erase_is_put_once_more_where_that_is_asked_for():
    again = say("bot/repeat", state=say(ERASE).state, text="sorry, what was that")

    assert again.answer.extra["asks"] == "erase"
    assert actions(say(YES, state=again.state, text="yes")) == ["erase"]


def test_yes_that_goes_on_to_something_else_erases_nothing():
    turn = say(RISKS, state=say(ERASE).state, text="sure, but first tell me what the risks of it are")

    assert actions(turn) == []


def test_copy_is_offered_to_the_widget():
    assert actions(say("person-and-privacy/export-chat")) == ["export"]


def test_what_is_stored_names_the_days():
    turn = say("person-and-privacy/what-is-stored", settings=Settings(retention_days=31))

    assert turn.answer.kind == "privacy"
    assert "31" in turn.text


# the clinic check


def test_check_asks_its_questions_in_order_and_ends_with_a_report():
    turn = say(CHECK)
    for number, step in enumerate(STEPS, start=1):
        assert step.question in turn.text
        assert turn.answer.extra["progress"] == {"step": number, "of": len(STEPS)}
        turn = say("small-talk/acknowledge", 0.1, state=turn.state, text=step.warning_when)

    report = turn.answer.extra["report"]
    assert [sign["id"] for sign in report["warnings"]] == [step.id for step in STEPS]
    assert (turn.state.flow, turn.state.check) == ("", {})


def test_good_answers_bring_no_warning_and_open_ones_are_listed():
    good = {"yes": "no", "no": "yes"}
    answers = ["not sure", "skip", *(good[step.warning_when] for step in STEPS[2:])]

    report = checking(*answers).answer.extra["report"]

    assert report["warnings"] == []
    assert [point["id"] for point in report["open"]] == [step.id for step in STEPS[:2]]
    assert report["questions"]


@pytest.mark.parametrize(
    "text", ["Yes", "yes, they did", "yes - in writing", "Not sure", "skip", "No.", "no they don't"]
)
def test_answer_is_known_by_its_first_words(text):
    assert checking(text).answer.extra["progress"]["step"] == 2


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("no we havent told him", "no"),
        ("nothing in writing no", "no"),
        ("they did", "yes"),
        ("yep, on the phone", "yes"),
        ("dunno", "not-sure"),
        ("I don't know, she never said", "not-sure"),
        ("pass", "skipped"),
    ],
)
def test_answer_in_everyday_words_counts(text, given):
    assert checking(text).state.check["answers"] == [[STEPS[0].id, given]]


def test_question_for_a_word_of_the_check_is_no_answer():
    turn = say("clinic-check/what-is-ethics-board", state=checking().state, text="I don't know what an ethics board is")

    assert turn.state.situations == ("clinic-check/what-is-ethics-board",)
    assert turn.answers[-1].extra["progress"]["step"] == 1


@pytest.mark.parametrize("text", ["no, wait, what do you mean by that?", "yes or no, what do other people say?"])
def test_question_that_begins_like_an_answer_is_none(text):
    assert say(RISKS, state=checking().state, text=text).answers[-1].extra["progress"]["step"] == 1


@pytest.mark.parametrize(
    "text", ["where were we?", "What was the question again?", "shorter please", "repeat", "go on"]
)
def test_open_question_is_put_once_more_whatever_the_network_makes_of_the_words(text):
    turn = say("consensus/guidelines-meeting", 0.9, state=checking("yes").state, text=text)

    assert turn.rule == "check-steered"
    assert [answer.extra["progress"]["step"] for answer in turn.answers[-1:]] == [2]


def asides(count):
    """Return the turn after so many other questions within the check, one after the other."""
    turn = checking("yes")
    for _ in range(count):
        turn = say(RISKS, state=turn.state)
    return turn


def test_check_waits_where_other_things_are_asked_one_after_the_other():
    again, waiting = asides(2), asides(3)

    assert STEPS[1].question in again.text and STEPS[1].question not in waiting.text
    assert waiting.answers[-1].text in LIBRARY.replies["clinic-check-waits"].variants
    assert waiting.state.flow == "clinic-check"


@pytest.mark.parametrize("text", ["go on", "Go on", "yes", "where were we?"])
def test_check_that_waited_goes_on_with_its_question(text):
    turn = say("small-talk/gibberish", 0.1, state=asides(3).state, text=text)

    assert turn.answer.extra["progress"]["step"] == 2
    assert turn.state.check["answers"] == [[STEPS[0].id, "yes"]]


def test_no_to_a_check_that_waited_ends_it():
    assert say(NO, state=asides(3).state, text="no").state.check == {}


def test_back_goes_to_the_question_before_and_its_answer_is_replaced():
    back = say("clinic-check/go-back", state=checking("yes").state, text="back")

    assert back.answer.extra["progress"]["step"] == 1
    again = say(NO, state=back.state, text="no")
    assert again.state.check["answers"] == [[STEPS[0].id, "no"]]


def test_back_at_the_first_question_stays_there():
    turn = say("clinic-check/go-back", state=checking().state, text="back")

    assert turn.answer.extra["progress"]["step"] == 1
    assert turn.text.startswith(tuple(LIBRARY.replies["clinic-check-first"].variants))


def test_check_begins_again_or_stops_where_that_is_wanted():
    running = checking("yes", "no").state

    again = say("clinic-check/start-again", state=running)
    stopped = say("clinic-check/stop-check", state=running)

    assert (again.answer.extra["progress"]["step"], again.state.check["answers"]) == (1, [])
    assert (stopped.state.flow, stopped.state.check) == ("", {})


def test_question_in_between_is_answered_and_the_check_goes_on():
    turn = say(RISKS, state=checking("yes").state)

    assert [move.action for move in turn.moves] == ["action_answer", "action_clinic_check"]
    assert STEPS[1].question in turn.text
    assert turn.state.flow == "clinic-check"


def test_claim_in_between_is_judged_and_noted_for_the_report():
    turn = say("claim", state=checking().state, claims=[claim("guarantee", text="they guarantee it")])

    assert turn.answers[0].kind == "verdict"
    assert turn.state.check["claims"] == [{"type": "guarantee", "text": "they guarantee it"}]
    assert turn.answers[1].extra["progress"]["step"] == 1


def test_claim_in_an_answer_is_noted():
    turn = say("claim", state=checking().state, text="yes, they guarantee it", claims=[claim("guarantee")])

    assert turn.rule == "check-answered"
    assert [kept["type"] for kept in turn.state.check["claims"]] == ["guarantee"]


@pytest.mark.parametrize("settle", ["declined", "written", "cancelled", "kept"])
def test_check_goes_on_after_what_came_in_between(settle):
    running = checking("yes").state
    turn = {
        "declined": lambda: say(NO, state=offered(running), text="No, thank you"),
        "written": lambda: say("small-talk/gibberish", state=writing(running), text=WORDS),
        "cancelled": lambda: say("small-talk/gibberish", state=writing(running), text="cancel"),
        "kept": lambda: say(NO, state=say(ERASE, state=running).state, text="no"),
    }[settle]()

    assert turn.answers[-1].extra["progress"]["step"] == 2
    assert turn.state.flow == "clinic-check"


@pytest.mark.parametrize("ask", [PERSON, ERASE])
def test_check_is_asked_again_when_the_question_in_between_is_left(ask):
    turn = say(RISKS, state=say(ask, state=checking("yes").state).state)

    assert turn.answers[-1].extra["progress"]["step"] == 2
    assert say(YES, state=turn.state, text="yes").state.check["step"] == 2


def test_erasing_in_the_check_asks_nothing_more():
    turn = say(YES, state=say(ERASE, state=checking().state).state, text="yes")

    assert (actions(turn), len(turn.answers)) == (["erase"], 1)


def test_alarm_ends_the_check():
    turn = say(RISKS, state=checking("yes").state, safety="emergency")

    assert [answer.kind for answer in turn.answers] == ["safety"]
    assert (turn.state.flow, turn.state.check) == ("", {})
