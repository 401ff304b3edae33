"""Signing in and out, and what must not work."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from stemcheck.settings import Settings
from stemcheck.storage.database import transaction
from stemcheck.storage.review_tables import sessions, users
from stemcheck.storage.users import disable_user
from stemcheck.web.app import create_app
from stemcheck.web.review import password_sign_in

COOKIE = "stemcheck_review"


def test_name_and_password_open_the_console(visit):
    person = visit()

    answer = person.sign_in("viewer@example.org", next="/review/search?text=cure")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/review/search?text=cure"
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=lax" in answer.headers["set-cookie"]
    assert person.get("/review/").status_code == 200


@pytest.mark.parametrize("name", ["viewer@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_look_alike(visit, name):
    answer = visit().sign_in(name, "something quite wrong")

    assert answer.status_code == 403
    assert "Name and password do not fit" in answer.text


def test_guessing_is_stopped_even_with_the_right_password_at_last(visit, tools):
    person = visit()
    for _ in range(5):
        assert person.sign_in("viewer@example.org", "something quite wrong").status_code == 403

    answer = person.sign_in("viewer@example.org", tools.password)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 600


def test_guessing_many_names_from_one_address_is_stopped(visit):
    person = visit()

    found = [person.sign_in(f"name{number}", "something quite wrong").status_code for number in range(21)]

    assert found == [403] * 20 + [429]


def test_guesses_sent_at_once_are_counted_before_they_are_tried(console, visit, monkeypatch):
    tried = []

    def check(connection, name, password):
        tried.append(password)
        time.sleep(0.05)

    monkeypatch.setattr(password_sign_in, "check_password", check)
    browsers = [visit() for _ in range(14)]

    with ThreadPoolExecutor(14) as pool:
        found = list(
            pool.map(lambda one: one.sign_in("viewer@example.org", "something quite wrong").status_code, browsers)
        )

    assert len(tried) == 5
    assert sorted(found) == [403] * 5 + [429] * 9


def test_a_stranger_cannot_lock_out_who_signed_in_here_before(visit):
    owner, stranger = visit("admin"), visit()
    for _ in range(21):
        stranger.sign_in("admin@example.org", "something quite wrong")

    assert owner.sign_in("admin@example.org").status_code == 303
    assert stranger.sign_in("admin@example.org").status_code == 429


def test_a_known_browser_may_not_guess_on_and_on_nor_try_other_names(visit):
    thief = visit("viewer")
    found = [thief.sign_in("viewer@example.org", "something quite wrong").status_code for _ in range(6)]
    assert found == [403] * 5 + [429]

    others = [thief.sign_in("admin@example.org", "something quite wrong").status_code for _ in range(6)]
    assert others == [403] * 5 + [429]


def test_signing_in_often_is_no_guessing(visit):
    for _ in range(25):
        assert visit().sign_in("viewer@example.org").status_code == 303


def test_a_new_password_ends_the_wait(console, visit):
    stranger = visit()
    for _ in range(6):
        stranger.sign_in("viewer@example.org", "something quite wrong")

    visit("admin").post("/review/people", what="password", name="viewer@example.org", password="another good one 2")

    assert visit().sign_in("viewer@example.org", "another good one 2").status_code == 303


@pytest.mark.parametrize(
    "password", ["password1234", "Passw0rd!2024", "123456789012", "stemcheck2026", "viewer@example.org"]
)
def test_a_password_that_is_tried_first_is_refused(visit, password):
    form = {"what": "password", "name": "viewer@example.org", "password": password}

    assert visit("admin").post("/review/people", **form).status_code == 400


def test_a_session_cookie_that_somebody_planted_is_worth_nothing_after_sign_in(visit):
    person = visit()
    person.http.cookies.set(COOKIE, "planted", path="/review")

    answer = person.sign_in("viewer@example.org")

    assert "planted" not in answer.headers["set-cookie"]
    stranger = visit()
    stranger.http.cookies.set(COOKIE, "planted", path="/review")
    assert stranger.get("/review/").status_code == 303


def test_the_sign_in_form_of_another_browser_is_refused(visit, tools):
    mine, other = visit(), visit()
    token = other.get("/review/sign-in").text.split('name="form" value="')[1].split('"')[0]

    form = {"form": token, "name": "viewer@example.org", "password": tools.password}
    assert mine.http.post("/review/sign-in", data=form).status_code == 403


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "/review/../../x", "javascript:alert(1)", "/review/\\x"]
)
def test_sign_in_leads_nowhere_else(visit, place):
    assert visit().sign_in("viewer@example.org", next=place).headers["location"] == "/review/"


def test_sign_out_ends_the_session_for_a_copied_cookie_too(visit):
    person = visit("viewer")
    copied = person.http.cookies[COOKIE]

    person.post("/review/sign-out")

    thief = visit()
    thief.http.cookies.set(COOKIE, copied, path="/review")
    assert thief.get("/review/").status_code == 303


@pytest.mark.parametrize("column", [sessions.c.began_at, sessions.c.seen_at])
def test_a_session_ends_by_age_and_by_idleness(console, visit, column):
    person = visit("viewer")
    with transaction(console.engine) as connection:
        connection.execute(sa.update(sessions).values({column: time.time() - 86400}))

    assert person.get("/review/").status_code == 303


def test_somebody_who_is_shut_out_is_out_at_once(console, visit):
    person = visit("viewer")
    with transaction(console.engine) as connection:
        disable_user(connection, "viewer@example.org")

    assert person.get("/review/").status_code == 303


def test_passwords_are_kept_as_argon2id_and_sessions_as_digests(console, visit):
    person = visit("viewer")

    with console.engine.connect() as connection:
        hashes = list(connection.execute(sa.select(users.c.password_hash)).scalars())
        digests = list(connection.execute(sa.select(sessions.c.digest)).scalars())
    assert all(kept.startswith("$argon2id$") for kept in hashes)
    assert person.http.cookies[COOKIE] not in digests


@pytest.fixture
def behind_proxy(console):
    more = {"review_proxy_header": "X-Forwarded-User", "review_proxy_secret": "shared"}
    settings = Settings(**{**console.settings.dict(), **more}, _env_file=None)
    return TestClient(create_app(settings, console.library), follow_redirects=False)


def test_a_trusted_proxy_signs_a_known_user_in(behind_proxy):
    headers = {"X-Forwarded-User": "viewer@example.org", "X-StemCheck-Proxy-Secret": "shared"}

    assert behind_proxy.get("/review/sign-in", headers=headers).status_code == 303
    assert behind_proxy.get("/review/").status_code == 200


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_the_header_alone_signs_nobody_in(behind_proxy, secret):
    headers = {"X-Forwarded-User": "admin@example.org", "X-StemCheck-Proxy-Secret": secret}

    assert behind_proxy.get("/review/sign-in", headers=headers).status_code == 200
    assert behind_proxy.get("/review/", headers=headers).status_code == 303


def test_a_proxy_cannot_name_somebody_unknown(behind_proxy):
    headers = {"X-Forwarded-User": "mallory", "X-StemCheck-Proxy-Secret": "shared"}

    assert behind_proxy.get("/review/sign-in", headers=headers).status_code == 403
