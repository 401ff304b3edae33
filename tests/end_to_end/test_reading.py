"""What a turn was read with and decided by is stored with it: reviewers see model, time and rule, visitors do not."""

import json
import sqlite3

import pytest

pytestmark = [pytest.mark.servers, pytest.mark.model, pytest.mark.timeout(180)]


def test_a_turn_knows_its_model_and_how_long_it_took(service, api):
    conversation = api.open()
    conversation.say("What is a stem cell?")

    with sqlite3.connect(service.folder / "stemcheck.db") as connection:
        chosen = "SELECT model, milliseconds FROM turns WHERE conversation_id = ?"
        ((model, milliseconds),) = connection.execute(chosen, [conversation.id])
    assert len(model) >= 8
    assert 0 < milliseconds < 10_000


def test_the_rule_that_made_a_reply_is_kept_and_not_shown(service, api):
    conversation = api.open()
    (shown,) = conversation.say("What is a stem cell?")

    with sqlite3.connect(service.folder / "stemcheck.db") as connection:
        chosen = "SELECT data FROM events WHERE sender_id = ? AND type_name = 'bot'"
        kept = [json.loads(data)["data"]["custom"] for (data,) in connection.execute(chosen, [conversation.id])]
    assert [message["rule"] for message in kept] == ["answer"]
    assert "rule" not in shown
    assert all("rule" not in message for message in conversation.transcript())
