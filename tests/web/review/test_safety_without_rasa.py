"""A safety card that only the web service gave is in the queue, in the search, in the figures and in the transcript."""

import time

import pytest
import sqlalchemy as sa

from stemcheck.storage.database import transaction
from stemcheck.storage.review_tables import turns
from stemcheck.storage.review_work import set_status
from stemcheck.storage.store import Store

TEXT = "I took all my pills and want to die"
CARD = {"id": "reply-9", "kind": "safety", "text": "Call now.", "card": {"id": "crisis", "numbers": []}}


@pytest.fixture
def store(console):
    store = Store(console.engine)
    now = time.time()
    store.open("alone", now, now + 86400, [])
    return store


@pytest.fixture
def given(store):
    """A card given while Rasa was down."""
    store.begin_exchange("alone", "c9", TEXT, "digest")
    store.end_exchange("alone", "c9", [CARD])


def test_it_is_in_the_queue_and_found(visit, given):
    person = visit("viewer")

    assert TEXT in person.get("/review/?queue=safety").text
    assert TEXT in person.get("/review/search?safety=crisis").text
    assert "safety=crisis" in person.get("/review/figures").text


def test_it_stands_in_the_transcript_and_can_be_worked_on(console, visit, given):
    with console.engine.connect() as connection:
        id = connection.execute(sa.select(turns.c.id).where(turns.c.client_id == "c9")).scalar()
    person = visit("reviewer")

    page = person.get("/review/conversation?id=alone").text

    assert "safety: crisis" in page and "the web service gave this card" in page
    assert page.count(TEXT) == 1
    assert person.post("/review/tag", id="alone", turn=str(id), tag="call back").status_code == 303
    assert person.get(f"/review/correct?id=alone&turn={id}").status_code == 200


def test_a_card_that_rasa_gave_counts_once(console, visit, store, tools):
    store.begin_exchange("alone", "c9", TEXT, "digest")
    tools.save(console.engine, "alone", tools.events_of(TEXT, time.time(), reply={"kind": "safety"}, number=9))

    store.end_exchange("alone", "c9", [CARD])

    with console.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT safety, turns FROM conversations WHERE id = 'alone'").one()
    assert tuple(row) == (1, 1)


def test_a_card_brings_back_what_was_done(console, visit, store, given):
    with transaction(console.engine) as connection:
        set_status(connection, ["alone"], "done")
    store.begin_exchange("alone", "c10", TEXT, "digest")

    store.end_exchange("alone", "c10", [{**CARD, "id": "reply-10"}])

    assert TEXT in visit("viewer").get("/review/?queue=safety").text


def test_other_replies_of_the_web_service_add_no_turn(console, store):
    store.begin_exchange("alone", "c9", "hello", "digest")
    store.end_exchange("alone", "c9", [{"id": "r", "kind": "error", "text": "Not now."}])

    with console.engine.connect() as connection:
        assert connection.execute(sa.select(turns.c.id).where(turns.c.conversation_id == "alone")).first() is None
