"""Sign-in by an OpenID provider, with a real one on 127.0.0.1, and what must not work."""

import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from stemcheck.settings import Settings
from stemcheck.storage.database import transaction
from stemcheck.storage.review_tables import audit, users
from stemcheck.storage.users import disable_user
from stemcheck.web.app import create_app
from tests.web.review.openid_provider import CLIENT, SECRET, rotate, start_provider

RETURN = "http://localhost/review/openid/return"
VIEWER = {"email": "viewer@example.org", "email_verified": True}


@pytest.fixture(scope="module")
def running():
    with start_provider() as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.reset()
    return running


@pytest.fixture
def settings_of(console, provider):
    def make(**more):
        openid = {
            "review_openid_issuer": provider.issuer,
            "review_openid_client_id": CLIENT,
            "review_openid_client_secret": SECRET,
            "review_openid_return_url": RETURN,
        }
        return Settings(**{**console.settings.dict(), **openid, **more}, _env_file=None)

    return make


@pytest.fixture
def browser(console, settings_of):
    """A browser that opened the console, which may ask for more than the usual settings."""

    def make(**more):
        app = create_app(settings_of(**more), console.library)
        return TestClient(app, base_url="http://localhost", follow_redirects=False)

    return make


def go(browser, begin="/review/openid"):
    """Follow the way there; return the address of the way back."""
    away = browser.get(begin)
    assert away.status_code == 303, away.text
    back = httpx.get(away.headers["location"])
    return back.headers["location"]


def sign_in(browser, begin="/review/openid"):
    return browser.get(go(browser, begin))


def last_line(console):
    with console.engine.connect() as connection:
        return connection.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(1)).mappings().one()


def role_of(console, name):
    with console.engine.connect() as connection:
        return connection.execute(sa.select(users.c.role).where(users.c.name == name)).scalar()


def test_a_known_person_is_signed_in_and_led_to_where_they_wanted(console, browser, provider):
    provider.person = VIEWER
    person = browser()

    answer = sign_in(person, "/review/openid?next=/review/search%3Ftext%3Dcure")

    assert (answer.status_code, answer.headers["location"]) == (303, "/review/search?text=cure")
    assert person.get("/review/").status_code == 200
    assert person.get("/review/people").status_code == 403
    line = last_line(console)
    assert line["action"] == "refused" and line["user_name"] == "viewer@example.org"
    assert person.get("/review/sign-in").text.count("Sign in with your organisation") == 1


def test_the_audit_log_says_by_which_way_somebody_came(console, browser, provider):
    provider.person = VIEWER
    sign_in(browser())

    assert (last_line(console)["action"], last_line(console)["detail"]) == ("sign-in", '{"by": "openid"}')


def test_what_is_sent_away_holds_pkce_state_and_nonce(browser):
    asked = parse_qs(urlsplit(browser().get("/review/openid").headers["location"]).query)

    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 32 and len(asked["nonce"][0]) >= 32
    assert asked["redirect_uri"] == [RETURN]
    assert "code_verifier" not in asked


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


def test_a_new_key_of_the_provider_is_fetched(browser, provider):
    provider.person = VIEWER
    person = browser()
    assert sign_in(person).status_code == 303
    rotate(provider)

    assert sign_in(person).status_code == 303


def test_claims_that_only_the_userinfo_page_has_are_found(browser, provider):
    provider.told_elsewhere = VIEWER

    assert sign_in(browser()).status_code == 303


def test_userinfo_of_somebody_else_names_nobody(console, browser, provider):
    provider.told_elsewhere = {**VIEWER, "sub": "8"}

    refused(console, sign_in(browser()), "e-mail not verified")


BY_ROLE = {
    "review_openid_user_claim": "preferred_username",
    "review_openid_role_claim": "realm_access.roles",
    "review_openid_roles": "ms-team=reviewer, ms-leads=admin, everybody=viewer",
}


def test_a_role_of_the_provider_makes_a_user_and_the_highest_one_counts(console, browser, provider):
    provider.person = {"preferred_username": "Ben", "realm_access": {"roles": ["everybody", "ms-team", "other"]}}

    assert sign_in(browser(**BY_ROLE)).status_code == 303
    assert role_of(console, "ben") == "reviewer"


def test_a_role_that_the_provider_takes_away_is_gone_at_the_next_sign_in(console, browser, provider):
    provider.person = {"preferred_username": "reviewer@example.org", "realm_access": {"roles": ["everybody"]}}

    assert sign_in(browser(**BY_ROLE)).status_code == 303
    assert role_of(console, "reviewer@example.org") == "viewer"


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


def test_it_is_off_by_default(visit):
    person = visit()

    assert person.get("/review/openid").status_code == 404
    assert person.get("/review/openid/return?code=1").status_code == 404
    assert "organisation" not in person.get("/review/sign-in").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"review_openid_client_id": ""},
        {"review_openid_return_url": ""},
        {"review_openid_issuer": "http://idp.example.org"},
        {"review_openid_return_url": "http://chat.example.org/review/openid/return"},
        {"review_openid_roles": "team=owner"},
    ],
    ids=str,
)
def test_settings_that_cannot_work_are_named(settings_of, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        settings_of(**wrong)
