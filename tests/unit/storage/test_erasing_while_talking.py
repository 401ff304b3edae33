"""A conversation that goes on while it is erased does not survive, in SQLite and in PostgreSQL."""

import asyncio

import pytest
import sqlalchemy as sa

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.database import transaction
from stemcheck.storage.erasure import OWNED
from stemcheck.storage.review_erasures import STORES, erase_everywhere, finish_erasures
from stemcheck.storage.review_work import add_note
from stemcheck.storage.store import ConversationGone, StorageUnavailable
from tests.unit.storage.talk import DOMAIN, count, open_store, say, turn
from tests.unit.storage.test_store import at_once

CHANNELS = ("web", "telegram")


@pytest.fixture
def rasa(engine):
    return open_store(engine)


def left(engine, id):
    """The rows that any table still has of a conversation."""
    with engine.connect() as connection:
        chosen = {
            name: sa.select(sa.func.count()).select_from(column.table).where(column == id)
            for name, column in OWNED.items()
        }
        rows = {name: connection.execute(counted).scalar() for name, counted in chosen.items()}
    return {name: number for name, number in rows.items() if number}


def just_before(name, work):
    """The stores, where something happens just before one of them is erased for the first time."""
    happened = []

    def erase(connection, conversation_id):
        if not happened:
            happened.append(name)
            work()
        return STORES[name](connection, conversation_id)

    return {**STORES, name: erase}


@pytest.mark.parametrize("name", [name for name in STORES if name != "conversations"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_turn_that_comes_between_two_stores_is_erased_too(engine, store, rasa, conversation_id, name, channel):
    say(rasa, conversation_id, turn("one", "a", channel=channel))

    def go_on():
        store.begin_exchange(conversation_id, "b", "two", "digest")
        say(rasa, conversation_id, turn("two", "b", channel=channel))

    receipt = erase_everywhere(engine, conversation_id, "ana", just_before(name, go_on))

    assert receipt["finished_at"]
    assert left(engine, conversation_id) == {}
    assert (receipt["stores"]["turns"], receipt["stores"]["exchanges"]) == (2, 2)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_turn_that_ends_after_the_erasing_is_not_stored(engine, rasa, conversation_id, channel):
    say(rasa, conversation_id, turn("one", "a", channel=channel))

    async def answer_slowly():
        tracker = await rasa.get_or_create_tracker(conversation_id)
        erase_everywhere(engine, conversation_id, "ana")
        tracker.update_with_events(turn("two", "b", channel=channel), DOMAIN)
        await rasa.save(tracker)

    asyncio.run(answer_slowly())

    assert left(engine, conversation_id) == {}


def test_who_writes_on_another_channel_after_the_erasing_begins_anew(engine, rasa):
    say(rasa, "tele-1", turn("one", channel="telegram"))
    erase_everywhere(engine, "tele-1", "ana")

    say(rasa, "tele-1", turn("two", channel="telegram"))

    assert count(engine, "turns", "conversation_id = 'tele-1'") == 1
    assert count(engine, "turns", "text = 'one'") == 0


def test_a_conversation_of_a_plain_rasa_project_goes_on_without_a_row(engine, rasa):
    say(rasa, "tele-1", turn("one", channel="telegram"))
    with transaction(engine) as connection:
        connection.execute(sa.delete(OWNED["conversations"].table))

    say(rasa, "tele-1", turn("two", channel="telegram"))

    assert count(engine, "events", "sender_id = 'tele-1' AND type_name = 'user'") == 2


def test_turns_exchanges_and_thumbs_at_the_same_time_leave_nothing(engine, store, rasa, conversation_id):
    say(rasa, conversation_id, turn("one", "a"))
    numbers = iter(range(100))

    def talk():
        for _ in range(6):
            id = f"m{next(numbers)}"
            try:
                store.begin_exchange(conversation_id, id, "more", "digest")
                store.give_feedback(conversation_id, "g-1", True, "")
            except (ConversationGone, StorageUnavailable):
                pass
            say(rasa, conversation_id, turn("more", id))

    def erase():
        erase_everywhere(engine, conversation_id, "ana")

    work = iter([talk, erase, talk])
    problems = at_once(3, lambda: next(work)())
    while any(receipt["finished_at"] is None for receipt in finish_erasures(engine)):
        pass

    assert [problem for problem in problems if problem] == []
    assert left(engine, conversation_id) == {}


def test_a_note_waits_for_no_erased_conversation(engine, conversation_id):
    erase_everywhere(engine, conversation_id, "ana")

    with transaction(engine) as connection:
        if hold_conversation(connection, conversation_id):
            add_note(connection, conversation_id, "too late", "ben")

    assert left(engine, conversation_id) == {}


def test_a_failure_at_the_last_step_is_finished_later_with_what_came_meanwhile(engine, store, rasa, conversation_id):
    say(rasa, conversation_id, turn("one", "a"))

    def broken(connection, conversation_id):
        raise OSError("away")

    receipt = erase_everywhere(engine, conversation_id, "ana", {**STORES, "conversations": broken})
    assert receipt["finished_at"] is None
    say(rasa, conversation_id, turn("two", "b"))
    store.begin_exchange(conversation_id, "c", "three", "digest")

    (receipt,) = finish_erasures(engine)

    assert receipt["finished_at"] and receipt["stores"]["turns"] == 2
    assert left(engine, conversation_id) == {}
