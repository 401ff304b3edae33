"""A real Chromium, the demo page or a host page of the test's own, and the chat on it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.widget import EAR, Widget

expect.set_options(timeout=15_000)  # a busy machine is no failure

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Host</title>'
HOST_PAGE = HEAD + '<script src="/widget.js" async></script></head><body><main><h1>Host</h1></main></body></html>'


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser for the tests of a file."""
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not program:
        pytest.skip("there is no Chromium (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, service_url: str) -> Iterator[Callable[..., Page]]:
    """Load a page in a browser of its own: the demo page, or `html` as the page of a host with the policy `csp`.

    An error in the page or a refusal by its policy fails the test, unless it says `errors=True`."""
    contexts, problems = [], []

    def load(html: str = "", *, csp: str = "", errors: bool = False, script: str = "", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(EAR + script)
        page = context.new_page()
        if not errors:
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        if html:
            headers = {"Content-Type": "text/html; charset=utf-8", **({"Content-Security-Policy": csp} if csp else {})}
            context.route(f"{service_url}/host.html", lambda route: route.fulfill(body=html, headers=headers))
        page.goto(f"{service_url}/{'host.html' if html else ''}")
        page.locator("stem-check").first.wait_for(state="attached")
        return page

    yield load
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def widget(visit: Callable[..., Page]) -> Widget:
    """The chat on the demo page, opened, with the greeting."""
    return Widget(visit()).open()


@pytest.fixture
def frail_widget(visit: Callable[..., Page]) -> Widget:
    """The same for tests in which requests fail, which Chromium calls an error."""
    return Widget(visit(errors=True)).open()
