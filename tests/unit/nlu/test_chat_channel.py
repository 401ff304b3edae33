"""Rasa's side of the web service: no text is a command, and a failure is a failure."""

import asyncio
import json

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import EXTERNAL_MESSAGE_PREFIX

from stemcheck.nlu import chat_channel
from stemcheck.nlu.chat_channel import COMMANDS, WORD_JOINER, ChatChannel, answer, move_claims, text_for_rasa


@pytest.fixture(autouse=True)
def no_topic(monkeypatch):
    """The database of this machine has no say here."""
    monkeypatch.setattr(chat_channel, "topic_of", lambda _: "")


def post(on_new_message, text="hello", **more):
    body = {"sender": "c-1", "message": text, "metadata": {"client_id": "a"}, **more}
    response = asyncio.run(answer(body, on_new_message))
    return response.status, json.loads(response.body)


@pytest.mark.parametrize(
    "text", ['/greet{"x":1}', "/restart", "/", "EXTERNAL: greet", "EXTERNAL: ", "//", "/ahsct/risks@1"]
)
def test_command_is_made_words(text):
    read = UserMessage(text_for_rasa(text)).text

    assert not read.startswith((INTENT_MESSAGE_PREFIX, EXTERNAL_MESSAGE_PREFIX))
    assert read.removeprefix(WORD_JOINER) == text.strip()


@pytest.mark.parametrize("text", ["hello", "and/or", "see https://x.example/y", "EXTERNAL", "external: x", "1/2"])
def test_other_texts_stay_as_they_are(text):
    assert text_for_rasa(text) == text


def test_commands_are_those_that_rasa_knows():
    assert COMMANDS == (INTENT_MESSAGE_PREFIX, EXTERNAL_MESSAGE_PREFIX)


def test_channel_has_the_name_that_the_web_service_calls():
    assert ChatChannel.name() == "stemcheck"


def test_replies_come_back_as_rasa_collected_them():
    async def on_new_message(message):
        await message.output_channel.send_custom_json(message.sender_id, {"kind": "answer", "text": "Hello"})

    status, body = post(on_new_message)

    assert status == 200
    assert body == [{"recipient_id": "c-1", "custom": {"kind": "answer", "text": "Hello"}}]


def test_a_turn_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(chat_channel, "TURN_SECONDS", 0.1)

    async def on_new_message(_message):
        await asyncio.sleep(30)

    status, body = post(on_new_message)

    assert (status, body) == (500, {"error": "failed"})


def test_rasa_gets_conversation_text_and_the_clients_id():
    seen = []

    async def on_new_message(message):
        seen.append((message.sender_id, message.text, message.input_channel, message.metadata["client_id"]))

    post(on_new_message)

    assert seen == [("c-1", "hello", "web", "a")]


def test_failure_is_a_failure_without_the_visitors_words_in_the_log(caplog):
    async def on_new_message(message):
        raise RuntimeError(f"cannot read {message.text}")

    status, _ = post(on_new_message, "my zebrafish")

    assert status == 500
    assert "RuntimeError" in caplog.text
    assert "zebrafish" not in caplog.text


def test_cancelled_turn_is_a_failure():
    async def on_new_message(_message):
        raise asyncio.CancelledError

    assert post(on_new_message)[0] == 500


def test_claims_behind_a_command_are_moved_to_their_place():
    text = "/We cure MS"
    read = text_for_rasa(text)
    claim = {"start": 0, "end": len(read), "text": read}

    ((message,), moved) = [[{"custom": {"claims": [claim]}}], len(text) - len(read)]
    move_claims([message], moved)

    assert text[claim["start"] : claim["end"]] == claim["text"] == text


def test_claims_of_other_texts_stay():
    messages = [{"custom": {"claims": [{"start": 3, "end": 7, "text": "cure"}]}}, {"text": "no custom"}]

    assert move_claims(messages, 0)[0]["custom"]["claims"][0]["start"] == 3


class Agent:
    """Reads as an agent does, or fails."""

    def __init__(self, understood=None, is_ready=True):
        self.processor, self.understood, self._is_ready, self.asked = self, understood, is_ready, []

    def is_ready(self):
        return self._is_ready

    async def parse_message(self, message):
        self.asked.append((message.text, message.metadata))
        if self.understood is None:
            raise RuntimeError("the visitor's words")
        return self.understood


def read(agent, text="/do they help?"):
    body = {"message": text, "metadata": {"topic": "Stem cells"}}
    response = asyncio.run(chat_channel.read_alone(body, agent))
    return response.status, json.loads(response.body)


def test_a_message_is_read_in_its_topic_without_an_answer():
    agent = Agent({"text": "x", "intent": {"name": "msc"}})

    assert read(agent) == (200, {**agent.understood, "metadata": {"topic": "Stem cells"}})
    assert agent.asked == [(WORD_JOINER + "/do they help?", {"topic": "Stem cells"})]


@pytest.mark.parametrize(("agent", "status"), [(None, 503), (Agent(is_ready=False), 503), (Agent(), 500)])
def test_what_cannot_be_read_is_told_without_the_words(agent, status, caplog):
    assert read(agent)[0] == status
    assert "visitor's words" not in caplog.text
