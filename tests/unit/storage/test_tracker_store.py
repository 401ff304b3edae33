"""Rasa's conversations: read in bounded time, written whole or not at all, never twice."""

import asyncio

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import ActiveLoop

from stemcheck.storage.tracker_store import WINDOW
from tests.unit.storage.talk import count, first_row, open_store, read, remember, say, turn


@pytest.fixture
def rasa(engine):
    opened = open_store(engine)
    opened.close()  # what is refused waits for the next message here; test_outbox.py has the timer
    yield opened
    opened.engine.dispose()


def test_unknown_conversation_is_none(rasa):
    assert read(rasa, "nobody") is None


def test_what_was_said_is_read_again(rasa, conversation_id):
    say(rasa, conversation_id, turn("What is a stem cell?"))

    tracker = read(rasa, conversation_id)

    assert tracker.latest_message.text == "What is a stem cell?"
    kinds = [event.type_name for event in tracker.events]
    assert kinds == ["action", "user", "user_featurization", "action", "bot", "action"]


def test_conversation_counts_its_turns_and_events(engine, rasa, conversation_id):
    say(rasa, conversation_id, turn("One", "a"))
    say(rasa, conversation_id, turn("Two", "b", claims=[{"type": "cure", "flagged": True}]))

    row = first_row(engine, "conversations")
    assert (row["turns"], row["events"], row["flagged_claims"]) == (2, 11, 1)
    assert count(engine, "events") == 11
    assert count(engine, "turns") == 2


def test_only_the_last_turns_of_a_long_conversation_are_read(rasa, conversation_id):
    for number in range(40):
        say(rasa, conversation_id, turn(f"Question {number}", f"id-{number}"))

    tracker = read(rasa, conversation_id)

    assert len(tracker.events) <= WINDOW + 5
    assert tracker.latest_message.text == "Question 39"
    assert len(asyncio.run(rasa.retrieve_full_tracker(conversation_id)).events) == 201


def test_after_300_turns_slots_and_active_loop_are_still_known(rasa, conversation_id):
    begun = [*turn("Check my clinic", "first"), remember({"running": "check"}), ActiveLoop("clinic_form")]
    say(rasa, conversation_id, begun)
    for number in range(300):
        say(rasa, conversation_id, turn(f"Question {number}", f"id-{number}"))

    tracker = read(rasa, conversation_id)

    assert tracker.get_slot("dialogue_state") == {"running": "check"}
    assert tracker.active_loop_name == "clinic_form"


def test_newest_value_of_a_slot_wins_over_the_snapshot(rasa, conversation_id):
    for number in range(30):
        say(rasa, conversation_id, [*turn(f"Question {number}", f"id-{number}"), remember({"turn": number})])

    assert read(rasa, conversation_id).get_slot("dialogue_state") == {"turn": 29}


def test_a_failure_in_the_middle_leaves_nothing_of_the_turn(engine, rasa, conversation_id):
    say(rasa, conversation_id, turn("One", "a"))
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE events RENAME COLUMN action_name TO moved"))

    say(rasa, conversation_id, turn("Two", "b"))

    assert count(engine, "events") == 6
    assert count(engine, "turns") == 1
    assert first_row(engine, "conversations")["turns"] == 1


def test_turn_that_a_locked_database_refused_is_written_with_the_next(engine, rasa, conversation_id):
    with engine.connect() as other:
        is_sqlite = engine.dialect.name == "sqlite"
        other.execute(sa.text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE conversations IN EXCLUSIVE MODE"))
        say(rasa, conversation_id, turn("While locked", "a"))
        other.rollback()

    say(rasa, conversation_id, turn("After that", "b"))

    texts = [event.text for event in read(rasa, conversation_id).events if event.type_name == "user"]
    assert texts == ["While locked", "After that"]
    assert first_row(engine, "conversations")["turns"] == 2


def test_unsaved_message_that_is_sent_again_is_stored_once(engine, rasa, conversation_id):
    with engine.connect() as other:
        is_sqlite = engine.dialect.name == "sqlite"
        other.execute(sa.text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE conversations IN EXCLUSIVE MODE"))
        say(rasa, conversation_id, turn("Hello", "same"))
        other.rollback()

    say(rasa, conversation_id, turn("Hello", "same"))

    assert count(engine, "events", "type_name = 'user'") == 1


def test_message_that_was_stored_already_is_not_stored_again(engine, rasa, conversation_id):
    say(rasa, conversation_id, turn("Hello", "same"))
    say(rasa, conversation_id, turn("Hello", "same"))

    assert count(engine, "events", "type_name = 'user'") == 1
    assert first_row(engine, "conversations")["turns"] == 1


def test_turn_without_a_reply_is_not_stored_as_it_is_sent_again(engine, rasa, conversation_id):
    say(rasa, conversation_id, turn("Hello", "same", kind=None))

    say(rasa, conversation_id, turn("Hello", "same"))

    assert count(engine, "events", "type_name = 'user'") == 1
    assert count(engine, "events", "type_name = 'bot'") == 1


def test_turn_of_an_erased_conversation_is_not_stored(engine, rasa, store, conversation_id):
    say(rasa, conversation_id, turn("One", "a"))
    tracker = read(rasa, conversation_id)
    store.erase(conversation_id)

    tracker.update_with_events(turn("Two", "b"), rasa.domain)
    asyncio.run(rasa.save(tracker))

    assert count(engine, "events") == count(engine, "turns") == count(engine, "conversations") == 0


def test_conversation_of_another_channel_gets_its_row(engine, rasa):
    say(rasa, "shell-1", turn("Hello", channel="cmdline"))

    assert first_row(engine, "conversations")["channel"] == "cmdline"


def test_turn_without_a_reply_is_stored_for_other_channels(engine, rasa):
    say(rasa, "shell-1", turn("Hello", channel="cmdline", kind=None))

    assert count(engine, "events", "type_name = 'user'") == 1


def test_personal_data_reaches_no_table(engine, rasa, conversation_id):
    secret = "jane.doe@example.org"
    said = turn(f"I am {secret}", "a", kind="verdict", intro=f"You said {secret}", claims=[{"text": secret}])
    say(rasa, conversation_id, [*said, remember({"claims": [{"text": secret}]})])

    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            rows = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
            assert "jane.doe" not in str(rows), table


def test_words_for_the_team_stand_in_no_table_of_rasas(engine, rasa, conversation_id):
    said = turn("Jane from Leeds: ring me", "a", kind="handoff", action="pass-on")
    said[0].parse_data["claims"] = [{"type": "cure", "text": "Jane from Leeds"}]
    said[3].text = said[3].data["custom"]["text"] = "It is passed on."
    say(rasa, conversation_id, said)

    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            rows = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
            assert "Leeds" not in str(rows), table
    assert first_row(engine, "turns")["intent"] == "small-talk/greet"


def test_words_for_the_team_stay_where_another_channel_has_no_table_for_them(engine, rasa):
    say(rasa, "tele-1", turn("Jane: ring me", channel="telegram", kind="handoff", action="pass-on"))

    assert first_row(engine, "turns")["text"] == "Jane: ring me"
