"""What the web service asks of the database: messages and replies, each once; thumbs; the transcript."""

import threading

import pytest
import sqlalchemy as sa

from stemcheck.storage.store import ConversationGone, StorageUnavailable, Store
from tests.unit.storage.talk import count, first_row, open_store, say, turn

REPLY = [{"id": "m-1", "role": "assistant", "kind": "answer", "text": "A stem cell is …"}]


def at_once(number, work):
    """Run `work` in threads that start together; return what each returned or raised."""
    results, gate = [], threading.Barrier(number)

    def run():
        gate.wait()
        try:
            results.append(work())
        except Exception as problem:
            results.append(problem)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_new_message_has_no_exchange(store, conversation_id):
    assert store.find_exchange(conversation_id, "new") is None


def test_message_waits_for_its_reply(store, conversation_id):
    store.begin_exchange(conversation_id, "a", "What is a stem cell?", "digest")

    found = store.find_exchange(conversation_id, "a")

    assert (found["text_digest"], found["messages"]) == ("digest", None)


def test_reply_is_found_again(store, conversation_id):
    store.begin_exchange(conversation_id, "a", "What is a stem cell?", "digest")
    store.end_exchange(conversation_id, "a", REPLY)

    assert store.find_exchange(conversation_id, "a")["messages"] == REPLY


def test_same_client_id_is_taken_once_though_it_comes_from_all_sides(engine, store, conversation_id):
    results = at_once(4, lambda: store.begin_exchange(conversation_id, "a", "Hello", "digest"))

    assert sorted(type(result).__name__ for result in results) == ["ConversationGone"] * 3 + ["NoneType"]
    assert count(engine, "exchanges", "client_id = 'a'") == 1


def test_two_conversations_may_use_the_same_client_id(engine, store, conversation_id):
    store.open("c-2", 1.0, 2.0, [])
    store.begin_exchange(conversation_id, "a", "Hello", "digest")
    store.begin_exchange("c-2", "a", "Hello", "digest")

    assert count(engine, "exchanges", "client_id = 'a'") == 2


def test_message_of_an_unknown_conversation_is_refused(store):
    with pytest.raises(ConversationGone):
        store.begin_exchange("nobody", "a", "Hello", "digest")


def test_transcript_has_both_sides_in_order(store, conversation_id):
    store.begin_exchange(conversation_id, "a", "One", "1")
    store.end_exchange(conversation_id, "a", REPLY)
    store.begin_exchange(conversation_id, "b", "Two", "2")

    said = [(m.get("role", "assistant"), m["text"]) for m in store.transcript(conversation_id)]

    assert said == [("assistant", "Hello"), ("visitor", "One"), ("assistant", "A stem cell is …"), ("visitor", "Two")]


def test_transcript_says_which_message_is_unanswered(store, conversation_id):
    store.begin_exchange(conversation_id, "a", "One", "1")
    store.end_exchange(conversation_id, "a", REPLY)
    store.begin_exchange(conversation_id, "b", "Two", "2")

    visitor = [message for message in store.transcript(conversation_id) if message.get("role") == "visitor"]

    assert [message["answered"] for message in visitor] == [True, False]


def test_personal_data_of_a_message_is_masked(store, conversation_id):
    store.begin_exchange(conversation_id, "a", "I am jane@example.org", "digest")

    assert store.transcript(conversation_id)[-1]["text"] == "I am [e-mail]••••••••"


def test_emergency_numbers_stand_in_the_transcript(store, conversation_id):
    card = [{"id": "m-1", "kind": "safety", "text": "DE: 0800 111 0 111", "card": {"numbers": ["1800 022 222"]}}]
    store.begin_exchange(conversation_id, "a", "help", "digest")
    store.end_exchange(conversation_id, "a", card)

    assert store.find_exchange(conversation_id, "a")["messages"] == card


def test_reply_that_came_late_is_found_in_what_rasa_stored(engine, store, conversation_id):
    rasa = open_store(engine)
    say(rasa, conversation_id, turn("Before", "before"))
    say(rasa, conversation_id, turn("Hello", "late", text_id=7))

    replies = store.find_late_reply(conversation_id, "late", since=0)

    assert [reply["text"] for reply in replies] == ["Reply to Hello"]


def test_no_late_reply_is_an_empty_list(store, conversation_id):
    assert store.find_late_reply(conversation_id, "late", since=0) == []


def test_thumb_counts_on_the_conversation(engine, store, conversation_id):
    assert store.give_feedback(conversation_id, "g-1", True, "")

    row = first_row(engine, "conversations")
    assert (row["helpful"], row["not_helpful"]) == (1, 0)


def test_second_thumb_takes_the_place_of_the_first(engine, store, conversation_id):
    store.give_feedback(conversation_id, "g-1", True, "")
    store.give_feedback(conversation_id, "g-1", False, "wrong")

    row = first_row(engine, "conversations")
    assert (row["helpful"], row["not_helpful"], count(engine, "feedback")) == (0, 1, 1)


def test_comment_is_masked(engine, store, conversation_id):
    store.give_feedback(conversation_id, "g-1", False, "call 07700 900123")

    assert first_row(engine, "feedback")["comment"] == "call [phone]•••••"


def test_thumb_on_an_unknown_message_is_refused(engine, store, conversation_id):
    assert not store.give_feedback(conversation_id, "no-such", True, "")
    assert count(engine, "feedback") == 0


def test_many_thumbs_at_once_leave_one(engine, store, conversation_id):
    results = at_once(4, lambda: store.give_feedback(conversation_id, "g-1", True, ""))

    assert results == [True] * 4
    assert first_row(engine, "conversations")["helpful"] == 1


def test_locked_database_is_said_so_in_time(engine, store, conversation_id):
    with engine.connect() as other:
        is_sqlite = engine.dialect.name == "sqlite"
        other.execute(sa.text("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE exchanges IN EXCLUSIVE MODE"))
        with pytest.raises(StorageUnavailable):
            store.begin_exchange(conversation_id, "a", "Hello", "digest")
        other.rollback()

    store.begin_exchange(conversation_id, "a", "Hello", "digest")


def test_database_that_is_away_is_said_so(tmp_path):
    from stemcheck.storage.database import create_engine

    away = Store(create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/nothing"))

    with pytest.raises(StorageUnavailable):
        away.is_open("c-1")
