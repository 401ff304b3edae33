"""Nobody may ask for more than the settings allow; who does is told when to come back."""

import pytest

from tests.api_client import ApiClient, error_code


def answers(call, number):
    return [call().status_code for _ in range(number)]


def test_visitor_is_limited_by_the_minute(start):
    http = start(rate_limits="on", visitor_messages_per_minute=3)
    conversation = ApiClient(http=http).open()

    codes = [conversation.post({"id": str(n), "text": "hello"}).status_code for n in range(4)]

    assert codes == [200, 200, 200, 429]


def test_refusal_says_when_to_come_back(start):
    http = start(rate_limits="on", visitor_messages_per_minute=1)
    conversation = ApiClient(http=http).open()
    conversation.post({"id": "a", "text": "hello"})

    response = conversation.post({"id": "b", "text": "hello"})

    assert error_code(response) == "too-fast"
    assert 1 <= int(response.headers["retry-after"]) <= 61


def test_refused_message_does_not_reach_rasa(start, rasa):
    http = start(rate_limits="on", visitor_messages_per_minute=1)
    conversation = ApiClient(http=http).open()
    conversation.post({"id": "a", "text": "hello"})
    conversation.post({"id": "b", "text": "hello"})

    assert len(rasa.messages) == 1
    assert len(conversation.transcript()) == 3


def test_one_visitor_does_not_use_up_anothers(start):
    http = start(rate_limits="on", visitor_messages_per_minute=1)
    first, second = ApiClient(http=http).open(), ApiClient(http=http).open()
    first.post({"id": "a", "text": "hello"})

    assert second.post({"id": "a", "text": "hello"}).status_code == 200


def test_address_is_limited_over_all_its_conversations(start):
    http = start(rate_limits="on", address_messages_per_minute=2)
    conversations = [ApiClient(http=http).open() for _ in range(3)]

    codes = [conversation.post({"id": "a", "text": "hello"}).status_code for conversation in conversations]

    assert codes == [200, 200, 429]


def test_new_conversations_are_limited_by_the_hour(start):
    http = start(rate_limits="on", address_conversations_per_hour=2)

    assert answers(lambda: http.post("/api/conversations", json={}), 3) == [201, 201, 429]


def test_limits_can_be_turned_off(start):
    http = start(rate_limits="off", visitor_messages_per_minute=1, address_conversations_per_hour=1)
    conversation = ApiClient(http=http).open()

    assert answers(lambda: http.post("/api/conversations", json={}), 3) == [201] * 3
    assert answers(lambda: conversation.post({"id": "a", "text": "hello"}), 3) == [200] * 3


@pytest.mark.model
def test_check_api_is_limited_by_address(start):
    http = start(rate_limits="on", address_messages_per_minute=1)

    assert answers(lambda: http.post("/api/check", json={"text": "We cure MS."}), 2) == [200, 429]
