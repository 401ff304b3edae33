"""What a client may send: each wrong body gets its documented code, and none reaches Rasa."""

import json

import pytest

from stemcheck.claims.found_claim import FoundClaim
from tests.api_client import error_code

GOOD = {"id": "a", "text": "What is a stem cell?"}

WRONG = {
    "no JSON": (b"nonsense", 400, "bad-json"),
    "nothing": (b"", 400, "bad-json"),
    "half of it": (b'{"id": "a", "te', 400, "bad-json"),
    "no UTF-8": (b'{"id": "a", "text": "\xff\xfe\xff"}', 400, "bad-json"),
    "deeply nested list": (b"[" * 60_000, 400, "bad-json"),
    "deeply nested object": (b'{"a":' * 20_000, 400, "bad-json"),
    "a number with 100,000 digits": (b'{"id": "a", "text": ' + b"9" * 100_000 + b"}", 400, None),
    "a list": (b"[]", 400, "bad-request"),
    "a text": (b'"hello"', 400, "bad-request"),
    "null": (b"null", 400, "bad-request"),
    "no keys": (b"{}", 400, "bad-request"),
    "no text": (b'{"id": "a"}', 400, "bad-request"),
    "no id": (b'{"text": "hello"}', 400, "bad-request"),
    "unknown key": (b'{"id": "a", "text": "hello", "sender": "x"}', 400, "bad-request"),
    "unknown key of half a surrogate": (b'{"id": "a", "text": "hello", "\\ud800": 1}', 400, "bad-request"),
    "text is a number": (b'{"id": "a", "text": 7}', 400, "bad-request"),
    "text is null": (b'{"id": "a", "text": null}', 400, "bad-request"),
    "text is a list": (b'{"id": "a", "text": ["hello"]}', 400, "bad-request"),
    "id is a number": (b'{"id": 1, "text": "hello"}', 400, "bad-request"),
    "id is true": (b'{"id": true, "text": "hello"}', 400, "bad-request"),
    "id is empty": (b'{"id": "", "text": "hello"}', 400, "bad-request"),
    "id has 65 characters": (json.dumps({"id": "x" * 65, "text": "hello"}).encode(), 400, "bad-request"),
    "id holds NUL": (b'{"id": "a\\u0000", "text": "hello"}', 400, "bad-request"),
    "id holds half a surrogate": (b'{"id": "\\udfff", "text": "hello"}', 400, "bad-request"),
    "text holds NUL": (b'{"id": "a", "text": "hello\\u0000"}', 400, "bad-request"),
    "text holds a high surrogate": (b'{"id": "a", "text": "hello \\ud83d"}', 400, "bad-request"),
    "text holds a low surrogate": (b'{"id": "a", "text": "\\ude00 hello"}', 400, "bad-request"),
    "surrogates in the wrong order": (b'{"id": "a", "text": "\\ude00\\ud83d"}', 400, "bad-request"),
    "text is empty": (b'{"id": "a", "text": ""}', 400, "empty"),
    "text is blank": (b'{"id": "a", "text": " \\t\\n  "}', 400, "empty"),
    "text has no visible character": (b'{"id": "a", "text": "\\u200b\\u2060\\u200f\\ufeff"}', 400, "empty"),
    "8,001 characters": (json.dumps({"id": "a", "text": "x" * 8001}).encode(), 413, "too-long"),
    "8,001 emoji": (json.dumps({"id": "a", "text": "🙂" * 8001}, ensure_ascii=False).encode(), 413, "too-long"),
    "10,000 emoji, escaped": (json.dumps({"id": "a", "text": "🙂" * 10_000}).encode(), 413, "too-long"),
    "5 MB": (json.dumps({"id": "a", "text": "x" * 5_000_000}).encode(), 413, "too-long"),
}


@pytest.mark.parametrize(("content", "status", "code"), WRONG.values(), ids=WRONG)
def test_wrong_body_gets_its_code(conversation, rasa, content, status, code):
    response = conversation.post_raw(content)

    assert response.status_code == status
    assert error_code(response) == code or (code is None and error_code(response) in ("bad-json", "bad-request"))
    assert rasa.messages == []


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonp"])
def test_other_content_type_is_refused(conversation, content_type):
    response = conversation.post_raw(json.dumps(GOOD).encode(), content_type)

    assert response.status_code == 415
    assert error_code(response) == "bad-type"


def test_charset_may_stand_beside_the_content_type(conversation):
    response = conversation.post_raw(json.dumps(GOOD).encode(), "Application/JSON; charset=utf-8")

    assert response.status_code == 200


RIGHT = {
    "one character": "?",
    "8,000 characters": "word " * 1599 + "words",
    "8,000 emoji": "🙂" * 8000,
    "8,000 characters between blanks": "\n " * 50 + "x" * 8000 + " " * 50,
    "right-to-left marks": "\u202eSM seruc ti\u202c \u200fשלום",
    "an emoji of several parts": "👩‍👩‍👧‍👦 hello",
    "HTML and script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes and backslashes": "\"';--\\ \u2028 {{7*7}} %s ${x}",
    "characters that print nothing among others": "he\u200bllo\u0007",
    "SQL": "'); DROP TABLE events; --",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_unusual_text_reaches_rasa_unchanged_and_stands_in_the_transcript(conversation, rasa, text):
    response = conversation.post({"id": "a", "text": text})

    assert response.status_code == 200
    assert rasa.messages[0]["message"] == text.strip()
    assert conversation.transcript()[1]["text"] == text.strip()


def test_id_of_64_characters_is_taken(conversation):
    assert conversation.post({"id": "é" * 64, "text": "hello"}).status_code == 200


def test_places_of_a_check_count_in_the_text_as_it_was_sent(http):
    class WholeText:
        """Finds one claim, which is all that it was given."""

        def find_claims(self, text):
            return [FoundClaim("cure", "asserted", 0, len(text), text)]

    http.app.state.load_spotter = WholeText

    (claim,) = http.post("/api/check", json={"text": " \n We cure MS. "}).json()["claims"]

    assert (claim["start"], claim["end"], claim["text"]) == (0, 15, " \n We cure MS. ")


@pytest.mark.parametrize("path", ["/api/conversations", "/api/check"])
def test_other_calls_read_their_body_as_strictly(http, path):
    responses = [
        http.post(path, content=b"nonsense", headers={"Content-Type": "application/json"}),
        http.post(path, json={"unknown": 1}),
        http.post(path, content=b"{}", headers={"Content-Type": "text/plain"}),
    ]

    assert [error_code(response) for response in responses] == ["bad-json", "bad-request", "bad-type"]


@pytest.mark.parametrize("body", [{}, {"message_id": "x"}, {"message_id": "x", "helpful": 1}, {"helpful": True}])
def test_feedback_wants_its_keys_and_types(http, conversation, body):
    address = f"/api/conversations/{conversation.id}/feedback"
    response = http.post(address, json=body, headers=conversation.headers)

    assert error_code(response) == "bad-request"


def test_comment_has_an_end(conversation):
    greeting = conversation.greeting[0]["id"]

    assert conversation.thumb(greeting, comment="x" * 2000).status_code == 200
    assert error_code(conversation.thumb(greeting, comment="x" * 2001)) == "too-long"
