"""Rasa down, dying, hanging, empty or talking nonsense: an honest reply in time, and the same message can be sent again."""

import sqlite3
import time

import pytest

from tests.api_client import ApiClient, error_code
from tests.service import free_ports
from tests.web import fake_rasa
from tests.web.fake_rasa import ANSWER, answer, send, send_bytes

pytestmark = pytest.mark.slow


@pytest.fixture
def conversation(start):
    """A conversation with a service that waits only a moment for Rasa."""
    return ApiClient(http=start(reply_seconds=1.0)).open()


@pytest.fixture
def http(conversation):
    """The HTTP client of that service."""
    return conversation.http


EMERGENCY = "I took all my pills and want to die"

TROUBLE = {
    "hangs": fake_rasa.hang,
    "sends a byte at a time": fake_rasa.dribble,
    "dies in the middle": fake_rasa.die_in_the_middle,
    "dies at once": fake_rasa.die_at_once,
    "fails": lambda handler, _: send(handler, {"error": "failed"}, 500),
    "answers nothing": lambda handler, _: send_bytes(handler, b""),
    "answers an empty list": lambda handler, _: send(handler, []),
    "answers a text without the reply": lambda handler, _: send(handler, [{"text": "Hello"}]),
    "answers an empty reply": lambda handler, _: send(handler, [{"custom": {}}]),
    "answers a reply of another kind": lambda handler, _: send(handler, [{"custom": "x"}, {"custom": 7}, None]),
    "answers an object": lambda handler, _: send(handler, {"custom": ANSWER}),
    "answers a number": lambda handler, _: send(handler, 42),
    "answers null": lambda handler, _: send(handler, None),
    "answers HTML": lambda handler, _: send_bytes(handler, b"<h1>Bad gateway</h1>"),
    "answers no UTF-8": lambda handler, _: send_bytes(handler, b"\xff\xfe"),
    "sends you elsewhere": lambda handler, _: send(handler, {}, 302),
}


@pytest.mark.parametrize("behave", TROUBLE.values(), ids=TROUBLE)
def test_visitor_gets_an_honest_reply_in_time(conversation, rasa, behave):
    rasa.behave = behave

    began = time.monotonic()
    response = conversation.post({"id": "a", "text": "What is a stem cell?"})

    assert response.status_code == 200
    (message,) = response.json()["messages"]
    assert message["kind"] == "error"
    assert "try" in message["text"] or "come back" in message["text"]
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("behave", TROUBLE.values(), ids=TROUBLE)
def test_same_message_sent_again_is_answered_afresh(conversation, rasa, behave):
    rasa.behave = behave
    conversation.say("What is a stem cell?", "a")
    rasa.behave = answer

    (message,) = conversation.say("What is a stem cell?", "a")

    assert message["text"] == "Reply to What is a stem cell?"
    assert [m["role"] for m in conversation.transcript()] == ["assistant", "visitor", "assistant"]


@pytest.mark.parametrize("behave", TROUBLE.values(), ids=TROUBLE)
def test_emergency_gets_its_safety_card_all_the_same(conversation, rasa, behave):
    rasa.behave = behave

    (message,) = conversation.say(EMERGENCY)

    assert message["kind"] == "safety"
    assert message["card"]["numbers"]


def test_no_rasa_at_all_gives_an_honest_reply_at_once(start):
    conversation = ApiClient(http=start(rasa_port=free_ports(1)[0])).open()

    began = time.monotonic()

    assert conversation.say("What is a stem cell?")[0]["kind"] == "error"
    assert conversation.say(EMERGENCY)[0]["kind"] == "safety"
    assert time.monotonic() - began < 4


def test_error_is_not_kept_as_the_answer(conversation, rasa):
    rasa.behave = TROUBLE["fails"]
    conversation.say("What is a stem cell?", "a")

    transcript = conversation.transcript()

    assert [message["role"] for message in transcript] == ["assistant", "visitor"]
    assert transcript[-1]["answered"] is False


def test_same_message_at_the_same_time_fails_once_for_all(conversation, rasa, at_once):
    rasa.behave = fake_rasa.hang

    replies = at_once(*[lambda: conversation.say("What is a stem cell?", "a")] * 3)

    assert [reply[0]["kind"] for reply in replies] == ["error"] * 3
    assert len(rasa.messages) == 1


def test_message_that_waited_too_long_is_not_asked_any_more(conversation, rasa, at_once, monkeypatch):
    monkeypatch.setattr("stemcheck.web.chat.DEADLINE", 1.2)
    rasa.behave = fake_rasa.hang

    def later():
        time.sleep(0.1)
        return conversation.say("Second", "b")

    _, second = at_once(lambda: conversation.say("First", "a"), later)

    assert second[0]["kind"] == "error"
    assert [message["message"] for message in rasa.messages] == ["First"]


@pytest.fixture
def locked(tmp_path, monkeypatch, conversation):
    """The database, locked by somebody else."""
    other = sqlite3.connect(tmp_path / "stemcheck.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    if other.in_transaction:
        other.rollback()
    other.close()


def test_locked_database_gives_an_honest_reply_in_time(conversation, rasa, locked):
    began = time.monotonic()

    (message,) = conversation.say("What is a stem cell?", "a")

    assert message["kind"] == "error"
    assert time.monotonic() - began < 10
    assert rasa.messages == []


def test_message_sent_again_after_the_lock_is_answered(conversation, rasa, locked):
    conversation.say("What is a stem cell?", "a")
    locked.rollback()

    (message,) = conversation.say("What is a stem cell?", "a")

    assert message["kind"] == "answer"
    assert len(rasa.messages) == 1


def test_emergency_gets_its_card_though_the_database_is_locked(conversation, locked):
    assert conversation.say(EMERGENCY)[0]["kind"] == "safety"


def test_new_conversation_is_refused_while_the_database_is_locked(http, locked):
    response = http.post("/api/conversations", json={})

    assert response.status_code == 503
    assert error_code(response) == "unavailable"
    assert response.headers["retry-after"] == "10"


def test_what_nobody_foresaw_is_answered_in_the_same_shape(http, conversation, monkeypatch):
    monkeypatch.setattr(http.app.state.chat, "transcript", lambda _: 1 / 0)

    response = http.get(f"/api/conversations/{conversation.id}", headers=conversation.headers)

    assert response.status_code == 500
    assert error_code(response) == "server-error"
    assert "ZeroDivisionError" not in response.text
