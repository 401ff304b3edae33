"""Whom the sign-in by an OpenID provider refuses: strangers, forged or stolen ways back, false tokens, a provider in trouble."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest

from stemcheck.storage.database import transaction
from stemcheck.storage.users import disable_user
from tests.web.review.openid_person import BY_ROLE, VIEWER, go, last_line, role_of, sign_in
from tests.web.review.openid_provider import CLIENT


def refused(console, answer, reason, status=403):
    assert answer.status_code == status
    assert "stemcheck_review" not in answer.headers.get("set-cookie", "")
    line = last_line(console)
    assert line["action"] == "sign-in-failed" and reason in line["detail"], line["detail"]


def test_an_unknown_person_is_refused(console, browser, provider):
    provider.person = {"email": "mallory@example.org", "email_verified": True}

    answer = sign_in(browser())

    refused(console, answer, "unknown user")
    assert "this console does not" in answer.text
    assert role_of(console, "mallory@example.org") is None


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_verified_names_nobody(console, browser, provider, verified):
    provider.person = {"email": "admin@example.org", "email_verified": verified}

    refused(console, sign_in(browser()), "e-mail not verified")


def test_somebody_who_was_shut_out_stays_out(console, browser, provider):
    provider.person = VIEWER
    with transaction(console.engine) as connection:
        disable_user(connection, "viewer@example.org")

    refused(console, sign_in(browser()), "unknown user")


def test_a_forged_state_is_refused(console, browser, provider):
    provider.person = VIEWER
    person = browser()
    back = go(person)

    refused(console, person.get(back.replace("state=", "state=x")), "state")


def test_the_way_back_of_somebody_else_is_refused(console, browser, provider):
    """Else an attacker could sign a reviewer in as the attacker, and read what they write."""
    provider.person = VIEWER
    attacker, victim = browser(), browser()
    back = go(attacker)

    refused(console, victim.get(back), "state")
    go(victim)
    refused(console, victim.get(back), "state")


def test_a_code_is_worth_nothing_a_second_time(console, browser, provider):
    provider.person = VIEWER
    person = browser()
    back = go(person)
    kept = dict(person.cookies)
    assert person.get(back).status_code == 303
    thief = browser()
    thief.cookies.update(kept)

    refused(console, thief.get(back), "provider: OAuthError")


def test_a_refused_way_back_is_not_tried_again(console, browser, provider):
    provider.person = VIEWER
    person = browser()
    back = go(person)
    refused(console, person.get(back.replace("state=", "state=x")), "state")

    refused(console, person.get(back), "state")


def test_a_stolen_code_is_worth_nothing_without_the_verifier(console, browser, provider):
    provider.person = VIEWER
    victim, thief = browser(), browser()
    code = parse_qs(urlsplit(go(victim)).query)["code"][0]
    state = parse_qs(urlsplit(go(thief)).query)["state"][0]

    refused(console, thief.get(f"/review/openid/return?code={code}&state={state}"), "provider: OAuthError")


def test_a_cookie_made_by_hand_is_refused(console, browser):
    person = browser()
    person.cookies.set("stemcheck_openid", '{"state": "a", "nonce": "b", "verifier": "c"}', path="/review/openid")

    refused(console, person.get("/review/openid/return?code=1&state=a"), "state")


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "for somebody else": {"aud": "another-client"},
    "for two, and we are not the one who asked": {"aud": [CLIENT, "other"], "azp": "other"},
    "of another sign-in": {"nonce": "replayed"},
    "without a nonce": {"nonce": None},
    "run out": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "without a subject": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_is_not_for_this_sign_in_is_refused(console, browser, provider, lie):
    provider.person, provider.lies = VIEWER, lie

    refused(console, sign_in(browser()), "token: ")


@pytest.mark.parametrize("forge", ["none", "our-secret", "other-key"])
def test_a_token_that_the_provider_did_not_sign_is_refused(console, browser, provider, forge):
    provider.person, provider.forge = VIEWER, forge

    refused(console, sign_in(browser()), "token: ")


def test_another_providers_answer_is_refused(console, browser, provider):
    provider.person = VIEWER
    person = browser()
    back = go(person).replace("iss=", "iss=https%3A%2F%2Fevil.example%2F")

    refused(console, person.get(back), "issuer")


def test_a_provider_that_gives_itself_another_name_is_not_asked(browser, provider):
    provider.name_in_discovery = "https://evil.example"

    assert browser().get("/review/openid").status_code == 503


def test_a_provider_that_is_away_is_told_of(browser):
    answer = browser(review_openid_issuer="http://127.0.0.1:9").get("/review/openid")

    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_who_says_no_at_the_provider_is_told_so(console, browser, provider):
    provider.refuses = True

    refused(console, sign_in(browser()), "provider refused")


def test_trying_again_and_again_is_stopped(browser):
    person = browser()

    found = [person.get("/review/openid/return?code=1&state=a").status_code for _ in range(21)]

    assert found == [403] * 20 + [429]


def test_userinfo_of_somebody_else_names_nobody(console, browser, provider):
    provider.told_elsewhere = {**VIEWER, "sub": "8"}

    refused(console, sign_in(browser()), "e-mail not verified")


@pytest.mark.parametrize(
    "roles", [None, {"roles": ["other"]}, {"roles": "admin"}, "ms-leads", {"roles": [["ms-leads"]]}]
)
def test_without_a_role_nobody_comes_in(console, browser, provider, roles):
    provider.person = {"preferred_username": "ben", "realm_access": roles}

    refused(console, sign_in(browser(**BY_ROLE)), "no role")


def test_the_last_admin_cannot_be_made_less_by_the_provider(console, browser, provider):
    provider.person = {"preferred_username": "admin@example.org", "realm_access": {"roles": ["everybody"]}}

    refused(console, sign_in(browser(**BY_ROLE)), "user refused")
    assert role_of(console, "admin@example.org") == "admin"


@pytest.mark.parametrize("name", ["", "x" * 65, "a b", "<script>", 7])
def test_a_name_that_cannot_be_one_is_refused(console, browser, provider, name):
    provider.person = {"preferred_username": name, "realm_access": {"roles": ["everybody"]}}

    answer = sign_in(browser(**BY_ROLE))

    assert answer.status_code == 403 and last_line(console)["action"] == "sign-in-failed"
