"""Migrations with data in them, import of a plain Rasa project, retention, erasing when a store fails."""

import json
import time

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from stemcheck.storage.conversations import count_turns, find_conversation
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.erasure import OWNED, erase_conversation
from stemcheck.storage.import_conversations import import_events
from stemcheck.storage.migrate import MIGRATIONS, migrate
from stemcheck.storage.retention import run_retention
from stemcheck.storage.review_erasures import STORES, erase_everywhere, finish_erasures, list_erasures
from stemcheck.storage.review_figures import day_of, figures
from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_search import search
from stemcheck.storage.review_tables import turns
from stemcheck.storage.review_work import add_note, add_tag
from stemcheck.storage.tables import conversations, events

NOW = time.time()
DAY = 86400


def happened(text, at, channel="rest"):
    parsed = {"intent": {"name": "greet", "confidence": 0.9}, "claims": [{"type": "cure", "mode": "asked"}]}
    return [
        {"event": "user", "text": text, "timestamp": at, "input_channel": channel, "parse_data": parsed},
        {"event": "bot", "text": "Hi", "timestamp": at + 1, "data": {"custom": {"kind": "smalltalk", "text": "Hi"}}},
    ]


def write_events(engine, id, found):
    rows = [
        {"sender_id": id, "type_name": event["event"], "timestamp": event["timestamp"], "data": json.dumps(event)}
        for event in found
    ]
    with transaction(engine) as connection:
        connection.execute(sa.insert(events), rows)


def save(engine, id, text, at):
    write_events(engine, id, happened(text, at))
    with transaction(engine) as connection:
        count_turns(connection, id, happened(text, at), {})


def upgrade(engine, version):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()


def test_a_database_of_the_first_version_is_taken_on_with_its_data(database_url):
    engine = create_engine(database_url)
    upgrade(engine, "0001")
    with transaction(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO conversations (id, started_at, last_activity_at, safety) VALUES ('a', 1, 2, 3)"
        )
    write_events(engine, "a", happened("hello", 1.0))

    migrate(engine)

    with engine.connect() as connection:
        row = find_conversation(connection, "a")
        assert (row["safety"], row["review_status"], row["assigned_to"]) == (3, "new", "")
        assert connection.execute(sa.select(sa.func.count()).select_from(events)).scalar() == 2


def test_the_new_tables_can_be_taken_away_again(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    save(engine, "a", "hello", NOW)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.commit()

    assert "turns" not in sa.inspect(engine).get_table_names()
    assert "snapshot" in {column["name"] for column in sa.inspect(engine).get_columns("conversations")}


def test_a_plain_rasa_project_is_adopted_masked_and_only_once(engine):
    write_events(engine, "tele-1", happened("write to jane@example.com please", NOW - 60, "telegram"))
    write_events(engine, "web-1", happened("hello", NOW - 60, "web"))

    assert sorted(import_events(engine)) == ["tele-1", "web-1"]

    assert list(import_events(engine)) == []
    with engine.connect() as connection:
        assert [row["id"] for row in search(connection, Filters(channel="telegram", text="write")).rows] == ["tele-1"]
        assert "jane@" not in str(connection.execute(sa.select(events.c.data)).all())
        assert find_conversation(connection, "tele-1")["started_at"] == pytest.approx(NOW - 60)


def test_events_of_another_database_are_copied(engine, tmp_path):
    other = create_engine(f"sqlite:///{tmp_path / 'rasa.db'}")
    events.create(other)
    write_events(other, "far", happened("hello", NOW))
    write_events(other, "too-old", happened("hello", NOW - 100 * DAY))

    assert list(import_events(engine, other, since=NOW - 90 * DAY)) == ["far"]

    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(events)).scalar() == 2


def test_retention_erases_what_is_old_and_keeps_counts_only(engine):
    save(engine, "old", "secret words", NOW - 91 * DAY)
    save(engine, "young", "other words", NOW - 89 * DAY)
    day = day_of(NOW - 91 * DAY)

    report = run_retention(engine, 90, NOW)

    assert (report.erased, report.waiting) == (1, 0)
    with engine.connect() as connection:
        assert list(connection.execute(sa.select(conversations.c.id)).scalars()) == ["young"]
        assert figures(connection, day, day, NOW)[day]["claim", "cure"] == 1
        assert search(connection, Filters(text="secret")).rows == []
    assert run_retention(engine, 90, NOW).erased == 0


def test_nothing_of_an_erased_text_is_left_in_the_file(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'r.db'}")
    migrate(engine)
    save(engine, "old", "xylophonequartz", NOW - 91 * DAY)

    run_retention(engine, 90, NOW)

    assert not any(b"xylophonequartz" in path.read_bytes() for path in tmp_path.glob("r.db*"))


def test_what_a_reviewer_erased_is_in_no_file(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'r.db'}")
    migrate(engine)
    save(engine, "a", "xylophonequartz", NOW)

    erase_everywhere(engine, "a", "ana")

    assert not any(b"xylophonequartz" in path.read_bytes() for path in tmp_path.glob("r.db*"))


def test_a_failing_store_is_named_in_the_receipt_and_finished_later(engine):
    save(engine, "a", "hello", NOW)
    with transaction(engine) as connection:
        add_tag(connection, ["a"], "tag", "ana")
        add_note(connection, "a", "note", "ana")

    def broken(connection, conversation_id):
        raise OSError("away")

    stores = {**STORES, "events": broken}
    receipt = erase_everywhere(engine, "a", "ana", stores)
    assert receipt["finished_at"] is None
    assert receipt["stores"]["events"] is None and receipt["stores"]["notes"] == 1

    assert finish_erasures(engine)[0]["finished_at"]
    with engine.connect() as connection:
        assert list_erasures(connection)[0]["stores"]["events"] == 2
        assert list_erasures(connection)[0]["stores"]["notes"] == 1
        assert connection.execute(sa.select(events.c.id)).all() == []


def test_retention_finishes_what_failed(engine):
    save(engine, "a", "hello", NOW)

    def broken(connection, conversation_id):
        raise OSError("away")

    erase_everywhere(engine, "a", "ana", {"turns": broken})
    report = run_retention(engine, 90, NOW)

    assert (report.finished, report.waiting) == (1, 0)


def test_what_a_visitor_erases_is_gone_from_the_review_tables_too(engine):
    save(engine, "a", "hello", NOW)
    with transaction(engine) as connection:
        add_note(connection, "a", "note", "ana")
        receipt = erase_conversation(connection, "a")

    assert set(receipt) == {*OWNED, "outbox"}
    assert (receipt["notes"], receipt["turns"]) == (1, 1)
    with engine.connect() as connection:
        assert connection.execute(sa.select(turns.c.id)).all() == []


def test_every_table_with_a_conversation_is_erased_or_says_why_not(engine):
    kept = {"audit", "erasures"}  # ids without words: who did what, and the receipts
    named = set()
    for table in sa.inspect(engine).get_table_names():
        columns = {column["name"] for column in sa.inspect(engine).get_columns(table)}
        if columns & {"conversation_id", "sender_id"}:
            named.add(table)

    assert named - kept == set(OWNED) - {"conversations"}
