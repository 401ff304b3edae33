"""A visitor of the three real processes, and what is stored of the conversation."""

import json
import sqlite3

import pytest

from tests.api_client import ApiClient


@pytest.fixture
def visitor(processes):
    """A conversation that has just begun, over those processes."""
    with ApiClient(processes.url) as client:
        yield client.open()


@pytest.fixture
def stored(processes):
    """A function that counts a conversation's stored messages: in Rasa's events, and in the web service's exchanges."""

    def count(conversation_id: str) -> dict[str, int]:
        with sqlite3.connect(f"file:{processes.folder / 'stemcheck.db'}?mode=ro", uri=True) as connection:
            rows = connection.execute("SELECT data FROM events WHERE sender_id = ?", [conversation_id]).fetchall()
            chosen = "SELECT count(*) FROM exchanges WHERE conversation_id = ? AND client_id <> ''"
            (exchanges,) = connection.execute(chosen, [conversation_id]).fetchone()
        kinds = [json.loads(data)["event"] for (data,) in rows]
        return {"user": kinds.count("user"), "bot": kinds.count("bot"), "exchanges": exchanges}

    return count


@pytest.fixture
def parsed(processes):
    """A function that returns what Rasa understood of a conversation's latest message."""

    def read(conversation_id: str) -> dict:
        with sqlite3.connect(f"file:{processes.folder / 'stemcheck.db'}?mode=ro", uri=True) as connection:
            chosen = "SELECT data FROM events WHERE sender_id = ? AND type_name = 'user' ORDER BY id DESC LIMIT 1"
            (data,) = connection.execute(chosen, [conversation_id]).fetchone()
        return json.loads(data)["parse_data"]

    return read
