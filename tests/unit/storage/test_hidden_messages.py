"""The migration of what version 0.1.0 stored: words for the team are hidden, and every safety card is found."""

import importlib

import pytest
import sqlalchemy as sa

from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import transaction
from stemcheck.storage.person_messages import keep_message
from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_search import search
from stemcheck.storage.write_turn import insert_events

NOTE = "Jane from Leeds: ring me"


def talk(text, client, reply, parsed=None):
    user = {"event": "user", "text": text, "timestamp": 1e9, "message_id": client, "metadata": {"client_id": client}}
    user |= {"parse_data": {"text": text, "intent": {"name": "greet", "confidence": 0.5}, **(parsed or {})}}
    return [user, {"event": "bot", "text": "", "timestamp": 1e9 + 1, "data": {"custom": reply}}]


@pytest.fixture
def migrated(engine, store, conversation_id):
    """The database of version 0.1.0 with a message for the team, and a card whose label is missing."""
    note = talk(NOTE, "a", {"kind": "handoff", "action": "pass-on"}, {"claims": [{"type": "cure", "text": NOTE}]})
    card = talk("I want to die", "b", {"kind": "safety", "card": {"id": "stopped-medicine"}})
    with transaction(engine) as connection:
        insert_events(connection, conversation_id, note)
        count_turns(connection, conversation_id, note, {})
        keep_message(connection, conversation_id, "a", NOTE, 1e9)
        insert_events(connection, "other", card)
        count_turns(connection, "other", card, {})
        connection.execute(sa.text("UPDATE turns SET labels = 'kind_safety sure_5' WHERE client_id = 'b'"))
        migration = importlib.import_module("stemcheck.storage.migrations.versions.0006_hidden_messages")
        migration.hide_messages(connection)
        migration.label_cards(connection)
    return engine


def test_words_for_the_team_are_left_in_their_own_table_alone(migrated):
    with migrated.connect() as connection:
        for table in sa.inspect(migrated).get_table_names():
            if not table.startswith("turns_words_"):
                rows = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
                assert ("Leeds" in str(rows)) == (table == "person_messages"), table


def test_they_are_found_by_no_search(migrated):
    with migrated.connect() as connection:
        assert search(connection, Filters(text="Leeds")).rows == []
        assert len(search(connection, Filters(text="reviewers")).rows) == 1


def test_a_card_that_the_intent_called_for_is_found(migrated):
    with migrated.connect() as connection:
        found = search(connection, Filters(safety="stopped-medicine")).rows
    assert [row["id"] for row in found] == ["other"]
