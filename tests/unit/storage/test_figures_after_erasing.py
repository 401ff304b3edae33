"""Counts stay when conversations are erased: those of today too, whoever erases, in both databases."""

import time
from collections import Counter

import pytest

from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import transaction
from stemcheck.storage.review_erasures import erase_everywhere
from stemcheck.storage.review_figures import day_of, figures
from stemcheck.storage.write_turn import insert_events

DAY = 86400
NOW = time.time()
TODAY = day_of(NOW)


def talk(engine, store, id, at):
    """A conversation with one message, whose reply got a thumb down."""
    store.open(id, at, at + DAY, [])
    claim = {"type": "cure", "verdict": "not-supported", "flagged": True}
    reply = {"id": f"r-{id}", "kind": "verdict", "text": "No.", "claims": [claim]}
    store.begin_exchange(id, "a", "We cure MS", "digest")
    store.end_exchange(id, "a", [reply])
    happened = [
        {"event": "user", "text": "We cure MS", "timestamp": at, "parse_data": {}, "message_id": f"m-{id}"},
        {"event": "bot", "text": "No.", "timestamp": at, "data": {"custom": reply}},
    ]
    with transaction(engine) as connection:
        insert_events(connection, id, happened)
        count_turns(connection, id, happened, {})
    store.give_feedback(id, f"r-{id}", False, "")


def counted(engine, day, now):
    with transaction(engine) as connection:
        return +figures(connection, day, day, now)[day]


@pytest.fixture(params=["visitor", "admin"])
def erase(request, engine, store):
    return store.erase if request.param == "visitor" else lambda id: erase_everywhere(engine, id, "ana")


def test_todays_counts_stay(engine, store, erase):
    for id in ("one", "two", "three"):
        talk(engine, store, id, NOW)
    before = counted(engine, TODAY, NOW)
    assert before["claim", "cure"] == before["helpful", "no"] == before["conversations", ""] == 3

    erase("one")
    erase("two")

    assert counted(engine, TODAY, NOW) == before


def test_they_stay_when_the_day_is_over_and_counted_for_good(engine, store, erase):
    talk(engine, store, "one", NOW)
    before = counted(engine, TODAY, NOW)
    erase("one")

    tomorrow = NOW + DAY
    assert counted(engine, TODAY, tomorrow) == counted(engine, TODAY, tomorrow) == before


def test_a_day_that_nobody_looked_at_is_counted_before_it_loses_a_conversation(engine, store, erase):
    talk(engine, store, "old", NOW - 3 * DAY)

    erase("old")

    assert counted(engine, day_of(NOW - 3 * DAY), NOW)["claim", "cure"] == 1


def test_what_was_erased_twice_counts_once(engine, store, erase):
    talk(engine, store, "one", NOW)
    before = counted(engine, TODAY, NOW)

    erase("one")
    erase("one")

    assert counted(engine, TODAY, NOW) == before == Counter(before)
