"""An erased conversation is gone from every table, and the receipt says so."""

import pytest
import sqlalchemy as sa

from tests.unit.storage.talk import count, open_store, say, turn

WORDS = "zebrafish trampoline"


@pytest.fixture
def talked(engine, store, conversation_id):
    """A conversation with two turns, an exchange and a thumb, beside another one."""
    rasa = open_store(engine)
    store.open("c-2", 1.0, 2.0, [])
    say(rasa, "c-2", turn("Somebody else", "x"))
    say(rasa, conversation_id, turn(WORDS, "a"))
    say(rasa, conversation_id, turn("Two", "b"))
    store.begin_exchange(conversation_id, "a", WORDS, "digest")
    store.give_feedback(conversation_id, "g-1", True, "")
    return conversation_id


def test_receipt_counts_the_rows_of_each_table(store, talked):
    receipt = store.erase(talked)

    expected = {"conversations": 1, "events": 11, "exchanges": 2, "feedback": 1, "turns": 2}
    assert {name: rows for name, rows in receipt.items() if rows} == expected


def test_no_table_knows_the_conversation_any_more(engine, store, talked):
    store.erase(talked)

    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            rows = str(connection.execute(sa.text(f"SELECT * FROM {table}")).all())
            assert talked not in rows, table
            assert "zebrafish" not in rows, table


def test_other_conversations_stay(engine, store, talked):
    store.erase(talked)

    assert count(engine, "events", "sender_id = 'c-2'") == 6
    assert store.is_open("c-2")


def test_erasing_twice_gives_a_receipt_of_zeros(store, talked):
    store.erase(talked)

    assert set(store.erase(talked).values()) == {0}


def test_unknown_conversation_gives_a_receipt_of_zeros(store):
    assert set(store.erase("nobody").values()) == {0}


def test_erased_words_are_gone_from_the_file(engine, store, talked, tmp_path):
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL frees the rows when it vacuums
    store.erase(talked)

    on_disk = b"".join(path.read_bytes() for path in tmp_path.glob("stemcheck.db*"))

    assert b"zebrafish" not in on_disk
