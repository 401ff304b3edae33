"""Sign-in by an OpenID provider, a real one on 127.0.0.1: what is sent there, who comes in and as what, and its settings."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.review.openid_person import BY_ROLE, VIEWER, last_line, role_of, sign_in
from tests.web.review.openid_provider import RETURN, rotate


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


def test_a_new_key_of_the_provider_is_fetched(browser, provider):
    provider.person = VIEWER
    person = browser()
    assert sign_in(person).status_code == 303
    rotate(provider)

    assert sign_in(person).status_code == 303


def test_claims_that_only_the_userinfo_page_has_are_found(browser, provider):
    provider.told_elsewhere = VIEWER

    assert sign_in(browser()).status_code == 303


def test_a_role_of_the_provider_makes_a_user_and_the_highest_one_counts(console, browser, provider):
    provider.person = {"preferred_username": "Ben", "realm_access": {"roles": ["everybody", "ms-team", "other"]}}

    assert sign_in(browser(**BY_ROLE)).status_code == 303
    assert role_of(console, "ben") == "reviewer"


def test_a_role_that_the_provider_takes_away_is_gone_at_the_next_sign_in(console, browser, provider):
    provider.person = {"preferred_username": "reviewer@example.org", "realm_access": {"roles": ["everybody"]}}

    assert sign_in(browser(**BY_ROLE)).status_code == 303
    assert role_of(console, "reviewer@example.org") == "viewer"


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
