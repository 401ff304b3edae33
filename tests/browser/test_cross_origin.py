"""The page on one origin, the service on another: what an embedding website really has."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.api_client import ApiClient
from tests.browser.conftest import HOST_PAGE
from tests.browser.widget import Widget
from tests.service import free_ports, new_settings, run_service

pytestmark = [pytest.mark.browser, pytest.mark.servers]

CLAIM = "Stem cells cure MS."


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module")
def websites(tmp_path_factory):
    """The addresses of two websites with the same page, of which the service allows the first."""
    folder = tmp_path_factory.mktemp("website")
    ports = free_ports(2)
    servers = [ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Quiet, directory=folder)) for port in ports]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, [f"http://127.0.0.1:{port}" for port in ports]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def far_service(websites, tmp_path_factory):
    """A service that allows the first website, and its script in the page of both."""
    folder, (allowed, _) = websites
    place = tmp_path_factory.mktemp("far")
    with run_service(place, new_settings(place, allowed_origins=allowed)) as running:
        page = HOST_PAGE.replace('src="/', f'src="{running.url}/').replace(
            "</head>", '<link rel="icon" href="data:,"></head>'
        )
        (folder / "index.html").write_text(page)
        (folder / "german.html").write_text(page.replace("<script", '<script data-lang="de"'))
        with ApiClient(running.url) as api:  # the first message takes longer, on a busy machine too long
            while api.open().say(CLAIM)[-1]["kind"] == "error":
                pass
        yield running


@pytest.fixture
def page(chromium, far_service):
    """A browser of its own; what it calls an error is in `page.problems`."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda line: page.problems.append(line.text) if line.type == "error" else None)
    yield page
    context.close()


def test_allowed_website_has_the_whole_chat(page, websites, far_service):
    page.goto(websites[1][0])
    widget = Widget(page).open()
    reply = widget.say(CLAIM)
    reply.get_by_role("button", name="Yes").click()

    expect(reply.locator(".tools")).to_contain_text("Thank you.")
    page.reload()
    expect(widget.articles).to_have_count(3)
    widget.button("About and your data").click()
    widget.button("Delete my conversation").click()
    widget.button("Delete my conversation").click()
    expect(widget.log).to_contain_text("Receipt: ")
    assert page.problems == []


def test_key_is_kept_by_the_website_and_not_by_the_service(page, websites, far_service):
    page.goto(websites[1][0])
    Widget(page).open()

    assert page.evaluate("Object.keys(localStorage)") == [f"stem-check {far_service.url}"]
    assert page.context.cookies() == []
    page.goto(far_service.url)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_language_comes_from_the_service(page, websites):
    page.goto(f"{websites[1][0]}/german.html")

    expect(Widget(page).launcher).to_contain_text("Stammzellen")
    assert page.problems == []


def test_website_that_is_not_allowed_gets_a_chat_that_says_so(page, websites):
    page.goto(websites[1][1])
    widget = Widget(page)
    widget.launcher.click()

    expect(widget.log).to_contain_text("The service cannot be reached just now.")
    expect(widget.button("Try again")).to_be_visible()
    assert any("CORS" in problem for problem in page.problems)
