"""No page without a check: every address, with every role."""

import pytest
from starlette.routing import Mount

from stemcheck.storage.users import ROLES
from stemcheck.web.review.routes import PAGES, routes

EACH = [(page, role) for page in PAGES for role in ROLES]
OPEN = {"/sign-in", "/openid", "/openid/return", "/static"}


def ask(person, page, **form):
    address = f"/review{page.path}?id=flagged&turn=1&what=turns&format=csv"
    if page.method == "GET":
        return person.get(address)
    return person.post(address, id="flagged", turn="1", status="later", tag="a", text="b", ids="flagged", **form)


def test_every_route_but_the_ways_in_and_the_style_is_in_the_guarded_list():
    guarded = {page.path for page in PAGES}

    assert {route.path for route in routes()} - guarded == OPEN
    assert [route.path for route in routes() if isinstance(route, Mount)] == ["/static"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
def test_who_is_not_signed_in_sees_nothing(page, visit):
    answer = ask(visit(), page)

    if page.method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/review/sign-in?next=")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize(("page", "role"), EACH, ids=lambda value: getattr(value, "path", value))
def test_a_page_answers_only_who_has_the_role(page, role, visit):
    answer = ask(visit(role), page)

    may = ROLES.index(role) >= ROLES.index(page.role)
    assert (answer.status_code != 403) == may
    assert answer.status_code < 500


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=lambda page: page.path)
def test_a_form_without_its_token_is_refused(page, visit):
    person = visit("admin")

    assert ask(person, page, csrf="forged").status_code == 403
    person.csrf = ""
    assert ask(person, page).status_code == 403


def test_a_form_that_another_website_sent_is_refused(visit):
    person = visit("reviewer")

    headers = {"Sec-Fetch-Site": "cross-site"}
    form = {"csrf": person.csrf, "id": "flagged", "status": "done"}
    assert person.http.post("/review/status", data=form, headers=headers).status_code == 403


def test_the_token_of_somebody_else_is_refused(visit):
    mine, other = visit("reviewer"), visit("admin")
    mine.csrf = other.csrf

    assert mine.post("/review/status", id="flagged", status="done").status_code == 403


def test_a_refusal_stands_in_the_audit_log(visit):
    visit("viewer").post("/review/status", id="flagged", status="done")

    assert "refused" in visit("admin").get("/review/audit").text


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "GET"], ids=lambda page: page.path)
def test_no_page_is_kept_in_a_cache_and_every_one_has_a_strict_policy(page, visit):
    answer = ask(visit("admin"), page)

    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert " style=" not in answer.text and "<script" not in answer.text


def test_a_refusal_keeps_the_menu_and_leads_back(visit):
    person = visit("reviewer")
    place = "/review/conversation?id=flagged#turn-1"

    page = person.post("/review/tag", id="flagged", turn="1", tag="", back=place).text

    assert 'aria-label="Console"' in page and "Sign out" in page
    assert 'href="/review/conversation?id=flagged#turn-1">Back to where you were</a>' in page
    assert (
        'href="https://evil' not in person.post("/review/tag", id="flagged", tag="", back="https://evil.example/").text
    )


def test_a_refusal_shows_nobody_a_menu_who_is_not_signed_in(visit):
    page = visit().get("/review/nowhere")

    assert page.status_code == 404
    assert 'aria-label="Console"' not in page.text and "Sign in" in page.text
