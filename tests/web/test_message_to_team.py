"""A message for the team is kept word for word when the reply says so, and never otherwise; the region goes along to Rasa."""

import sqlite3

import pytest

from tests.web.fake_rasa import ANSWER, answer, die_at_once, send

WORDS = "Ring Ada on 020 7946 0018 please"
RECEIPT = {**ANSWER, "kind": "handoff", "text": "Your message is kept.", "facts": [], "action": "pass-on"}


def take(handler, message):
    """Answer as Rasa does when the visitor's message is for the team."""
    send(handler, [{"recipient_id": message["sender"], "custom": RECEIPT}])


@pytest.fixture
def rows(tmp_path):
    """A function that returns what a column of a table holds."""

    def read(table, column="text"):
        with sqlite3.connect(tmp_path / "stemcheck.db") as connection:
            return [row[0] for row in connection.execute(f"SELECT {column} FROM {table}")]

    return read


def test_message_is_kept_word_for_word_and_the_transcript_masked(conversation, rasa, rows):
    rasa.behave = take

    (receipt,) = conversation.say(WORDS)

    assert receipt["text"] == RECEIPT["text"]
    assert rows("person_messages") == [WORDS]
    assert not any("7946" in text for text in rows("exchanges"))


def test_sent_again_it_is_kept_once(conversation, rasa, rows):
    rasa.behave = take

    assert conversation.say(WORDS, "a") == conversation.say(WORDS, "a")
    assert rows("person_messages") == [WORDS]


def test_without_the_word_from_rasa_nothing_is_kept(conversation, rasa, rows):
    rasa.behave = answer
    conversation.say(WORDS)
    rasa.behave = die_at_once
    conversation.say(WORDS)

    assert rows("person_messages") == []


def test_erasing_takes_the_message_along(conversation, rasa, rows):
    rasa.behave = take
    conversation.say(WORDS)

    receipt = conversation.http.delete(f"/api/conversations/{conversation.id}", headers=conversation.headers).json()

    assert receipt["receipt"]["stores"]["person_messages"] == 1
    assert rows("person_messages") == []


def test_message_that_cannot_be_kept_is_told_and_kept_when_it_is_sent_again(conversation, rasa, rows, tmp_path):
    rasa.behave = take
    with sqlite3.connect(tmp_path / "stemcheck.db") as connection:
        connection.execute("ALTER TABLE person_messages RENAME TO away")

    (reply,) = conversation.say(WORDS, "a")
    with sqlite3.connect(tmp_path / "stemcheck.db") as connection:
        connection.execute("ALTER TABLE away RENAME TO person_messages")
    (receipt,) = conversation.say(WORDS, "a")

    assert (reply["kind"], receipt["kind"]) == ("error", "handoff")
    assert "message" in reply["text"]
    assert rows("person_messages") == [WORDS]


def test_region_of_the_browser_goes_along(conversation, rasa):
    conversation.post({"id": "x", "text": "hello"}, headers={"Accept-Language": "en-NZ,en;q=0.9"})

    assert rasa.messages[-1]["metadata"]["region"] == "NZ"


def test_card_without_rasa_names_the_region_first(conversation, rasa):
    rasa.behave = die_at_once
    headers = {"Accept-Language": "fr-FR,fr;q=0.9"}

    reply = conversation.post({"id": "x", "text": "I want to kill myself"}, headers=headers).json()

    assert reply["messages"][0]["card"]["numbers"][0] == {"country": "FR", "number": "3114"}
