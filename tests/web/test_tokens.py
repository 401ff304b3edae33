"""A token opens its own conversation and no other, and dies."""

import stat
import time

import pytest

from stemcheck.web.tokens import Tokens, load_secret
from tests.api_client import error_code

CALLS = [("GET", ""), ("DELETE", ""), ("POST", "/messages"), ("POST", "/feedback")]


def call(http, conversation_id, method, rest, headers):
    return http.request(method, f"/api/conversations/{conversation_id}{rest}", json={}, headers=headers)


@pytest.mark.parametrize(("method", "rest"), CALLS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer ImMi.aa.bb"},
        {"Authorization": b"Bearer \xff\xfe"},
    ],
    ids=str,
)
def test_missing_or_wrong_token_is_refused(http, conversation, method, rest, headers):
    response = call(http, conversation.id, method, rest, headers)

    assert response.status_code == 401
    assert error_code(response) == "bad-token"
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "rest"), CALLS)
def test_token_of_another_conversation_is_refused(http, api, conversation, method, rest):
    response = call(http, conversation.id, method, rest, api.open().headers)

    assert error_code(response) == "bad-token"


def test_unknown_conversation_looks_like_a_wrong_token(http, conversation):
    unknown = http.get("/api/conversations/unknown", headers=conversation.headers)
    wrong = http.get(f"/api/conversations/{conversation.id}", headers={"Authorization": "Bearer x"})

    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())


def test_scheme_may_be_written_small(http, conversation):
    headers = {"Authorization": f"bearer {conversation.token}"}

    assert http.get(f"/api/conversations/{conversation.id}", headers=headers).status_code == 200


def test_changed_token_is_refused(http, conversation):
    for place in (0, len(conversation.token) // 2, -2):
        letters = list(conversation.token)
        letters[place] = "A" if letters[place] != "A" else "B"
        headers = {"Authorization": f"Bearer {''.join(letters)}"}

        assert http.get(f"/api/conversations/{conversation.id}", headers=headers).status_code == 401


def test_token_expires():
    tokens = Tokens("s" * 64, days=1 / 24 / 3600)
    token = tokens.make("c-1")

    assert tokens.fits(token, "c-1")
    time.sleep(2.1)
    assert not tokens.fits(token, "c-1")


def test_token_of_another_secret_is_refused():
    assert not Tokens("a" * 64, 7).fits(Tokens("b" * 64, 7).make("c-1"), "c-1")


def test_answer_says_when_the_token_expires(http):
    body = http.post("/api/conversations", json={}).json()

    left = time.mktime(time.strptime(body["expires_at"][:19], "%Y-%m-%dT%H:%M:%S")) - time.mktime(time.gmtime())
    assert abs(left - 7 * 86400) < 60


def test_token_is_dead_after_erasure(conversation):
    assert conversation.erase().status_code == 200

    assert error_code(conversation.post({"id": "a", "text": "hello"})) == "bad-token"
    assert error_code(conversation.erase()) == "bad-token"


def test_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret"

    first, second = load_secret(path), load_secret(path)

    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_short_secret_is_refused_with_its_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("short")

    with pytest.raises(ValueError, match=r"secret: the secret is too short\. Delete the file"):
        load_secret(path)
