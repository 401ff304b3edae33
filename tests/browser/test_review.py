"""A reviewer's whole work in a real browser: sign in, queue, open, correct, see it collected; no script, no mouse needed."""

import threading
import time

import pytest
import uvicorn
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from stemcheck.settings import Settings
from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.users import add_user
from stemcheck.storage.write_turn import insert_events
from stemcheck.web.app import create_app
from stemcheck.web.review import exports
from stemcheck.web.review.meaning import QuestionVectors
from tests.library import LIBRARY
from tests.service import free_ports

pytestmark = pytest.mark.browser

PASSWORD = "a long enough password"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEXT = "The clinic in the mountains says: we cure MS for good, and the result is guaranteed. Is there anything to it?"
PAGES = (
    "/review/",
    "/review/?queue=flagged",
    "/review/search",
    "/review/search?text=cure&claim=cure",
    "/review/exports?format=csv",
    "/review/conversation?id=first",
    "/review/correct?id=first&turn=1",
    "/review/corrections",
    "/review/figures",
    "/review/people",
    "/review/audit",
    "/review/erasures",
    "/review/erase?id=first",
    "/review/replay?id=first&turn=1",
    "/review/nowhere",
)
WIDTHS = (360, 1280)


def turn(text, at, claims, reply):
    parsed = {
        "intent": {"name": "claim", "confidence": 0.88},
        "claims": claims,
        "possible_claims": [],
        "reading": {
            "model": "abcdef0123456789",
            "milliseconds": 11.0,
            "situations": [{"id": "claim", "probability": 0.88}, {"id": "clinics/red-flags", "probability": 0.07}],
            "labels": {"speaker": ["clinic", 0.9], "cells": ["clinic", 0.8], "feeling": ["none", 0.9]},
        },
    }
    user = {"event": "user", "text": text, "timestamp": at, "input_channel": "rest", "parse_data": parsed}
    return [user, {"event": "bot", "text": reply["text"], "timestamp": at + 0.5, "data": {"custom": reply}}]


def fill(engine):
    claims = []
    for type, words in (("cure", "we cure MS for good"), ("guarantee", "the result is guaranteed")):
        start = TEXT.index(words)
        claims.append(
            {
                "type": type,
                "mode": "reported",
                "start": start,
                "end": start + len(words),
                "text": words,
                "probability": 0.93,
                "because": ["a near example"],
                "cue": "says",
            }
        )
    cards = [
        {**claim, "verdict": "not-supported", "verdict_label": "Not supported", "flagged": True} for claim in claims
    ]
    verdict = {
        "kind": "verdict",
        "rule": "claims-made",
        "text": "No treatment with stem cells is approved for MS.\n\nAsk the clinic for its trial.",
        "facts": ["no-approved-therapy"],
        "claims": cards,
    }
    refused = {
        "kind": "out-of-scope",
        "rule": "answer",
        "text": "Our source does not say what a transplant costs.",
        "facts": [],
    }
    now = time.time() - 7200
    with transaction(engine) as connection:
        for number, id in enumerate(("first", "second", "third")):
            happened = [
                *turn(TEXT, now + number, claims, verdict),
                *turn(f"What would it cost in city {number}?", now + 60, [], refused),
            ]
            insert_events(connection, id, happened)
            count_turns(connection, id, happened, {})
        for role in ("reviewer", "admin"):
            add_user(connection, role, role, PASSWORD)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    settings = Settings(database_url=f"sqlite:///{folder / 'b.db'}", secret_file=folder / "secret", _env_file=None)
    engine = create_engine(settings.database_url)
    migrate(engine)
    fill(engine)
    exports.LOOK_FOR = 3.0  # a page that follows a download ends soon when none begins
    app = create_app(settings, LIBRARY)
    object.__setattr__(app.routes[0].app.state.console, "load_reader", no_model)
    object.__setattr__(app.routes[0].app.state.console, "vectors", QuestionVectors(no_model))
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    engine.dispose()


def no_model():
    raise RuntimeError("no network in these tests")


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address):
    """A browser window in which scripts are off: every form must work without them."""
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page, name):
    page.goto("/review/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Queue", exact=True).wait_for()


def test_a_reviewer_works_through_the_queue(page):
    sign_in(page, "reviewer")
    page.get_by_role("link", name="Flagged claims").click()
    page.locator(".list a").first.click()
    expect(page.locator("mark")).to_have_count(2)

    page.get_by_role("link", name="Correct …").first.click()
    page.get_by_label("It makes these claims, and no others").check()
    page.get_by_role("button", name="Training example").click()
    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("The correction is collected.")

    page.get_by_role("button", name="Done").click()
    page.get_by_role("link", name="Next in queue").click()
    page.get_by_role("heading", name="Conversation", exact=True).wait_for()

    page.get_by_role("link", name="Corrections").click()
    expect(page.locator("table")).to_contain_text("we cure MS for good")


def test_a_reviewer_tags_and_writes_a_note_with_the_keyboard_alone(page):
    sign_in(page, "reviewer")
    page.goto("/review/conversation?id=third")
    page.locator(".desk summary").press("Enter")
    tag = page.locator(".desk").get_by_label("Tag", exact=True)
    tag.focus()
    page.keyboard.type("ask the clinic")
    page.keyboard.press("Enter")

    expect(page.locator(".desk .chips")).to_contain_text("ask the clinic")


def test_what_was_done_is_seen_where_the_form_was(page):
    sign_in(page, "reviewer")
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto("/review/conversation?id=second#desk")
    page.get_by_role("button", name="In review").click()

    expect(page.get_by_role("status")).to_be_in_viewport()


def test_an_export_is_followed_on_its_page(page):
    sign_in(page, "reviewer")
    page.goto("/review/search?claim=cure")
    page.get_by_role("link", name="JSON Lines").click(no_wait_after=True)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as JSON Lines").click(no_wait_after=True)

    assert len(download.value.path().read_text().splitlines()) == 3
    expect(page.get_by_role("group", name="Progress")).to_contain_text("Done: 3 of 3 conversations, 3 lines.")


def test_a_column_of_the_figures_leads_to_its_conversations(page):
    sign_in(page, "reviewer")
    page.goto("/review/figures")
    page.locator("svg.columns a").last.click()

    page.get_by_role("heading", name="Search", exact=True).wait_for()
    expect(page.locator(".list .item")).to_have_count(3)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_has_no_axe_violation(chromium, address, width, request):
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    pictures = request.config.getoption("--basetemp")
    failures = {}
    try:
        page.goto("/review/sign-in")
        failures["/review/sign-in"] = violations(page)
        sign_in(page, "admin")
        for place in PAGES:
            page.goto(place)
            failures[place] = violations(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                failures[place].append("scrolls sideways")
            if pictures:
                page.screenshot(
                    path=f"{pictures}/{width}{place.replace('/', '_').replace('?', '_')}.png", full_page=True
                )
    finally:
        context.close()
    assert not {place: found for place, found in failures.items() if found}


def violations(page):
    found = Axe().run(page)["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:120]}" for item in found]
