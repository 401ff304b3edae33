"""What a turn was read with is stored with it: reviewers see the model and the time."""

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
