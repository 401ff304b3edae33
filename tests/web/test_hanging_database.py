"""A database that takes calls and answers none: nobody waits longer than for a reply, and what was sent can be sent again."""

import time

import pytest

from tests.api_client import ApiClient, error_code
from tests.postgresql import find_programs, start_postgresql
from tests.web.test_failures import EMERGENCY

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(find_programs() is None, reason="PostgreSQL is not installed"),
    pytest.mark.timeout(90),
]


@pytest.fixture(scope="module")
def server():
    with start_postgresql() as running:
        yield running


@pytest.fixture
def http(server, start):
    return start(database_url=server.empty_database())


@pytest.fixture
def visitors(http):
    return [ApiClient(http=http).open() for _ in range(24)]


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


def test_emergency_gets_its_card_in_time_also_for_many_at_once(server, visitors, at_once):
    with server.hanging():
        answers = at_once(*[lambda visitor=visitor: timed(lambda: visitor.say(EMERGENCY)) for visitor in visitors])

    assert {reply[0]["kind"] for reply, _ in answers} == {"safety"}
    assert max(seconds for _, seconds in answers) < 10


def test_everybody_else_is_told_in_time_and_can_send_it_again(server, visitors, at_once):
    questions = [lambda visitor=visitor: timed(lambda: visitor.say("hello", "a")) for visitor in visitors]

    with server.hanging():
        during = at_once(*questions)
    after = [question() for question in questions]

    assert {reply[0]["kind"] for reply, _ in during} == {"error"}
    assert max(seconds for _, seconds in during) < 10
    assert {reply[0]["kind"] for reply, _ in after} == {"answer"}
    assert [message["role"] for message in visitors[0].transcript()] == ["assistant", "visitor", "assistant"]


def test_a_line_of_messages_waits_no_longer(server, visitors, at_once):
    with server.hanging():
        answers = at_once(*[lambda: timed(lambda: visitors[0].say(EMERGENCY))] * 5)

    assert {reply[0]["kind"] for reply, _ in answers} == {"safety"}
    assert max(seconds for _, seconds in answers) < 10


def test_other_calls_are_refused_in_time_and_files_come_at_once(server, http, visitors):
    with server.hanging():
        opened, seconds = timed(lambda: http.post("/api/conversations", json={}))
        script, seconds_for_script = timed(lambda: http.get("/widget.js"))

    assert error_code(opened) == "unavailable"
    assert seconds < 10
    assert script.status_code == 200
    assert seconds_for_script < 1
