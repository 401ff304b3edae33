"""A turn that the database refused is stored as soon as it takes it: without a further message, and after a restart."""

import stat
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from stemcheck.storage import outbox as outbox_module
from stemcheck.storage import outbox_timer
from stemcheck.storage.erasure import erase_conversation
from stemcheck.storage.outbox import Outbox, outbox_of
from stemcheck.storage.outbox_timer import deliver
from stemcheck.storage.review_erasures import erase_everywhere
from stemcheck.storage.write_turn import NewTurn
from tests.unit.storage.talk import count, first_row, open_store, say, turn


@pytest.fixture
def rasa(engine):
    opened = open_store(engine)
    opened.close()  # tests deliver by hand, but for those of the timer
    yield opened
    opened.engine.dispose()


@pytest.fixture
def outbox(engine):
    return outbox_of(engine)


@contextmanager
def locked(engine):
    with engine.connect() as other:
        is_sqlite = engine.dialect.name == "sqlite"
        other.execute(sa.text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE conversations IN EXCLUSIVE MODE"))
        yield
        other.rollback()


def texts(engine):
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT text FROM turns ORDER BY id")).scalars())


def files(outbox):
    return sorted(path for path in outbox._folder.glob("*") if path.name != "lock")


def wait_for(condition, seconds=5.0):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_refused_turn_is_stored_without_another_message(engine, conversation_id, monkeypatch):
    monkeypatch.setattr(outbox_timer, "DELIVER_EVERY_SECONDS", 0.05)
    rasa = open_store(engine)
    with locked(engine):
        say(rasa, conversation_id, turn("I want a person", "a", kind="handoff"))
        assert texts(engine) == []

    assert wait_for(lambda: texts(engine) == ["I want a person"])
    assert first_row(engine, "conversations")["wants_person"] == 1
    rasa.close()


def test_a_refused_turn_survives_a_restart(engine, rasa, conversation_id):
    with locked(engine):
        say(rasa, conversation_id, turn("While locked", "a"))

    again = open_store(engine)

    assert wait_for(lambda: texts(engine) == ["While locked"])
    again.close()


def test_what_waits_is_masked_and_for_its_owner_alone(engine, rasa, outbox, conversation_id):
    with locked(engine):
        say(rasa, conversation_id, turn("I am jane.doe@example.org", "a"))

    (path,) = files(outbox)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "jane.doe" not in path.read_text() and "I am" in path.read_text()


def test_nothing_is_on_disk_while_the_database_works(rasa, outbox, conversation_id):
    say(rasa, conversation_id, turn("Hello", "a"))

    assert files(outbox) == []


def test_turns_are_stored_in_the_order_in_which_they_were_said(engine, rasa, outbox, conversation_id):
    with locked(engine):
        say(rasa, conversation_id, turn("One", "a"))
        say(rasa, conversation_id, turn("Two", "b"))
    say(rasa, conversation_id, turn("Three", "c"))

    assert texts(engine) == ["One", "Two", "Three"]
    assert files(outbox) == []


def test_a_turn_waits_behind_earlier_ones_that_are_being_stored(engine, rasa, outbox, conversation_id):
    with locked(engine):
        say(rasa, conversation_id, turn("One", "a"))
    with outbox.hold() as is_ours:
        assert is_ours
        say(rasa, conversation_id, turn("Two", "b"))
        assert texts(engine) == []

    assert deliver(engine, outbox) == 2
    assert texts(engine) == ["One", "Two"]


def test_a_turn_that_is_refused_for_good_holds_up_no_other_conversation(engine, outbox, conversation_id):
    outbox.add(NewTurn(conversation_id, [{"event": "user", "text": None, "timestamp": "never"}]))
    outbox.add(NewTurn("tele-1", [{"event": "user", "text": "Hello", "timestamp": 5.0, "input_channel": "telegram"}]))

    deliver(engine, outbox)

    assert texts(engine) == ["Hello"]
    assert len(outbox.names(conversation_id)) == 1


@pytest.mark.parametrize("by", ["visitor", "admin"])
def test_an_erased_conversation_is_erased_here_too(engine, rasa, outbox, conversation_id, by):
    with locked(engine):
        say(rasa, conversation_id, turn("Secret", "a"))

    if by == "visitor":
        with engine.begin() as connection:
            rows = erase_conversation(connection, conversation_id)
    else:
        rows = erase_everywhere(engine, conversation_id, "ana")["stores"]

    assert rows["outbox"] == 1
    assert files(outbox) == []


def test_a_turn_of_a_conversation_that_was_erased_elsewhere_is_not_stored(engine, rasa, outbox, conversation_id):
    with locked(engine):
        say(rasa, conversation_id, turn("Secret", "a"))
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM exchanges"))
        connection.execute(sa.text("DELETE FROM conversations"))

    deliver(engine, outbox)

    assert count(engine, "events") == count(engine, "turns") == 0
    assert files(outbox) == []


def test_another_database_never_gets_what_this_one_refused(engine, rasa, outbox, conversation_id):
    other = outbox_of(sa.create_engine("sqlite:///another.db"))
    with locked(engine):
        say(rasa, conversation_id, turn("Hello", "a"))

    assert outbox.names() and other.names() == []


def test_a_full_outbox_keeps_turns_in_memory_and_stores_them_later(engine, rasa, outbox, conversation_id, monkeypatch):
    monkeypatch.setattr(outbox_module, "MAX_OUTBOX_BYTES", 10)
    with locked(engine):
        say(rasa, conversation_id, turn("Hello", "a"))
    assert files(outbox) == []

    deliver(engine, rasa._outbox)

    assert texts(engine) == ["Hello"]


def test_what_no_database_took_for_a_week_is_given_up(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    outbox.add(NewTurn("c-1", []))

    assert outbox.erase_old(time.time() + 6 * 86400) == 0
    assert outbox.erase_old(time.time() + 8 * 86400) == 1
    assert outbox.names() == []


def test_a_file_that_cannot_be_read_is_put_aside_and_still_erased(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    outbox.add(NewTurn("c-1", []))
    (name,) = outbox.names()
    (tmp_path / "outbox" / name).write_text("{")

    assert outbox.read(name) is None
    assert outbox.names() == []
    assert outbox.erase("c-1") == 1
    assert files(outbox) == []


def test_rasas_turn_takes_the_place_of_the_web_services_card(engine, store, rasa, conversation_id):
    store.begin_exchange(conversation_id, "a", "I want to die", "digest")
    with locked(engine):
        say(rasa, conversation_id, turn("I want to die", "a", kind="safety"))
    store.end_exchange(conversation_id, "a", [{"id": "r", "kind": "safety", "card": {"id": "crisis"}, "text": "Call."}])

    deliver(engine, rasa._outbox)

    row = first_row(engine, "conversations")
    assert (row["turns"], row["safety"]) == (1, 1)
    assert first_row(engine, "turns")["intent"] == "small-talk/greet"
    assert count(engine, "events", "type_name = 'user'") == 1
