"""The tables: made once, also when several processes start together, and beside a plain Rasa project's events."""

import asyncio

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from stemcheck.storage.database import create_engine
from stemcheck.storage.migrate import migrate
from stemcheck.storage.tables import metadata
from tests.unit.storage.talk import DOMAIN, count, open_store, read, say, turn
from tests.unit.storage.test_store import at_once


@pytest.fixture
def empty(database_url):
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def plain_rasa(empty):
    """The database of a plain Rasa project, with a conversation that Rasa's own store wrote."""
    url = empty.url
    if url.get_backend_name() == "sqlite":
        own = SQLTrackerStore(DOMAIN, dialect="sqlite", db=url.database)
    else:
        own = SQLTrackerStore(
            DOMAIN, dialect=url.drivername, host=url.host, port=url.port, db=url.database, username=url.username
        )
    say(own, "old-1", turn("From before", channel="rest"))
    own.engine.dispose()
    return empty


def test_fresh_database_gets_all_tables(empty):
    migrate(empty)

    assert set(metadata.tables) <= set(sa.inspect(empty).get_table_names())


def test_columns_are_those_that_the_program_uses(empty):
    migrate(empty)

    for name, table in metadata.tables.items():
        there = {column["name"] for column in sa.inspect(empty).get_columns(name)}
        assert {column.name for column in table.columns} <= there, name


def test_second_migration_changes_nothing(empty):
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(sa.text("INSERT INTO conversations (id, started_at, last_activity_at) VALUES ('c', 1, 1)"))

    migrate(empty)

    assert count(empty, "conversations") == 1


def test_several_processes_may_migrate_at_once(empty):
    engines = [create_engine(empty.url.render_as_string(hide_password=False)) for _ in range(4)]
    waiting = iter(engines)

    results = at_once(4, lambda: migrate(next(waiting)))

    assert results == [None] * 4
    assert count(empty, "alembic_version") == 1
    for engine in engines:
        engine.dispose()


def test_plain_rasas_events_are_kept(plain_rasa):
    before = count(plain_rasa, "events")

    migrate(plain_rasa)

    assert before > 0
    assert count(plain_rasa, "events") == before


def test_plain_rasas_conversation_is_read_and_goes_on(plain_rasa):
    ours = open_store(plain_rasa)

    assert read(ours, "old-1").latest_message.text == "From before"
    say(ours, "old-1", turn("And now", channel="rest"))

    texts = [e.text for e in asyncio.run(ours.retrieve_full_tracker("old-1")).events if e.type_name == "user"]
    assert texts == ["From before", "And now"]
    ours.engine.dispose()
