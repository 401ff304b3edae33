"""The page /check in a real Chromium: with and without script, small, large, printed, and on another website."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import uvicorn
from playwright.sync_api import expect
from starlette.responses import JSONResponse
from starlette.routing import Route

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.web.app import create_app
from tests.browser.conftest import HOST_PAGE
from tests.browser.test_accessibility import axe_violations
from tests.library import LIBRARY
from tests.service import free_ports, new_settings

pytestmark = [pytest.mark.browser]

ADVERT = (
    "Dear Sam,\n\nour stem cells cure MS for good, and there are no side effects. Two places are left.\n\n"
    "Please do not tell your neurologist about it. We have a house by the sea with a garden, a cook and a "
    "kind team. The infusion takes one hour, and you can walk home on the same day, if the weather is fine.\n"
)
WORDS = {"cure": "cure MS for good", "no-risk": "no side effects", "pressure": "Two places are left"}
READ = {"kind": "pdf", "text": ADVERT, "pages": 1, "pages_read": 1, "language": "", "notes": ["One page was blank."]}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
TRUSTED = "; require-trusted-types-for 'script'"
AT_200_PERCENT = {"width": 640, "height": 400}


class WordSpotter:
    """Finds the words of WORDS, so that what is marked is known."""

    def find_claims(self, text):
        found = [(kind, text.find(words), words) for kind, words in WORDS.items()]
        return [FoundClaim(kind, "asserted", at, at + len(words), words) for kind, at, words in found if at >= 0]


@pytest.fixture(scope="module")
def host_port():
    """The port of the other website."""
    return free_ports(1)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory, host_port):
    """The address of a web service that reads files, too; another origin may call it."""
    folder = tmp_path_factory.mktemp("check-page")
    (port,) = free_ports(1)
    app = create_app(new_settings(folder, allowed_origins=f"http://127.0.0.1:{host_port}"), LIBRARY)
    app.state.load_spotter = WordSpotter
    if not any(getattr(route, "path", "") == "/check/file" for route in _api(app).routes):
        _api(app).routes.append(Route("/check/file", lambda request: JSONResponse(READ), methods=["POST"]))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def _api(app):
    return next(route for route in app.routes if getattr(route, "path", "") == "/api")


@pytest.fixture
def open_page(chromium, site):
    """A function that opens the form, or with `text` its report; an error in the console fails the test."""
    contexts, problems = [], []

    def load(text="", *, errors=False, **options):
        context = chromium.new_context(**{"viewport": DESK, "locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        if not errors:
            page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        page.goto(f"{site}/check")
        if text:
            page.get_by_label("The text to check").fill(text)
            page.get_by_role("button", name="Check this text").click()
            page.get_by_role("heading", name="What this text claims").wait_for()
        return page

    yield load
    for context in contexts:
        context.close()
    assert problems == []


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["", ADVERT], ids=["form", "report"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, tmp_path, scheme, text):
    page = open_page(text, color_scheme=scheme)

    assert axe_violations(page) == []
    for name, size in (
        ("desk", DESK),
        ("phone", PHONE),
        ("200", AT_200_PERCENT),
        ("320", {"width": 320, "height": 256}),
    ):
        page.set_viewport_size(size)
        assert not is_too_wide(page), name
        page.screenshot(path=tmp_path / f"{name}-{scheme}.png", full_page=True)


def test_pasted_text_is_checked_without_script(open_page):
    page = open_page(ADVERT, java_script_enabled=False)

    expect(page.locator("mark.flagged").first).to_have_text("cure MS for good")
    expect(page.get_by_role("button", name=re.compile("Print|chat|file"))).to_have_count(0)
    page.locator(".text a.number").first.click()
    expect(page.locator("#claim-1")).to_be_in_viewport()


def test_gravest_claim_comes_first_and_numbers_lead_to_their_cards(open_page):
    page = open_page(ADVERT)

    expect(page.locator(".card").first).to_contain_text("A cure")
    page.locator(".text a.number", has_text="3").click()
    expect(page.locator("#claim-3")).to_be_focused()
    expect(page.locator("#claim-3")).to_contain_text(LIBRARY.claim_types["pressure"].label)


def test_keyboard_alone_checks_a_text(open_page):
    page = open_page()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the form")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("The text to check")).to_be_focused()
    page.keyboard.type("They cure MS for good")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("mark.flagged")).to_have_text("cure MS for good")


def test_text_that_is_too_long_is_counted_and_kept(open_page):
    page = open_page()
    page.get_by_label("The text to check").fill("x" * 8005)

    expect(page.get_by_text("Too long by 5 characters")).to_be_visible()
    page.get_by_role("button", name="Check this text").click()
    expect(page.get_by_label("The text to check")).to_be_focused()
    expect(page.get_by_label("The text to check")).to_have_value("x" * 8005)


def test_file_is_read_shown_for_mending_and_then_checked(open_page):
    page = open_page()

    page.locator("[type=file]").set_input_files(
        {"name": "flyer.txt", "mimeType": "text/plain", "buffer": ADVERT.encode()}
    )

    box = page.get_by_label("The text to check")
    expect(box).to_have_value(re.compile("our stem cells cure MS for good"))
    expect(page.get_by_text("I read this in “flyer.txt”. Is it right?")).to_be_visible()
    page.get_by_role("button", name="Check this text").click()
    expect(page.locator("mark.flagged").first).to_have_text("cure MS for good")


def test_file_can_be_dropped_anywhere_on_the_form(open_page):
    page = open_page()
    drop = """(form) => {
        const data = new DataTransfer();
        data.items.add(new File([ADVERT], 'offer.txt', { type: 'text/plain' }));
        const options = { dataTransfer: data, bubbles: true, cancelable: true };
        for (const type of ['dragover', 'drop']) form.dispatchEvent(new DragEvent(type, options));
    }""".replace("ADVERT", repr(ADVERT))

    page.locator("#form").evaluate(drop)

    expect(page.get_by_text("I read this in “offer.txt”")).to_be_visible()


def test_part_for_files_goes_away_where_they_are_not_read(open_page):
    page = open_page(errors=True)
    page.route("**/api/check/file", lambda route: route.fulfill(status=404, json={}))

    page.locator("[type=file]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})

    expect(page.get_by_text("Choose a file or photo")).to_be_hidden()
    expect(page.get_by_text("The file could not be read just now")).to_be_visible()


def test_print_looks_like_a_document(open_page):
    page = open_page(ADVERT)
    page.emulate_media(media="print")

    for hidden in (
        page.get_by_role("button", name="Print or save as PDF"),
        page.locator(".again"),
        page.locator("div.chat"),
    ):
        expect(hidden).to_be_hidden()
    for shown in (
        page.locator(".text"),
        page.locator(".card").first,
        page.locator(".questions"),
        page.locator(".sources"),
    ):
        expect(shown).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_forced_colours_leave_marks_and_cards_with_an_edge(open_page):
    page = open_page(ADVERT, forced_colors="active")

    assert axe_violations(page) == []
    for part in ("mark.flagged", "mark.sign"):
        assert page.locator(part).first.evaluate("(node) => parseFloat(getComputedStyle(node).borderBottomWidth)") >= 1
    assert page.locator(".card").first.evaluate("(node) => parseFloat(getComputedStyle(node).borderTopWidth)") >= 1


def test_chat_gets_the_text_in_its_box_and_sends_nothing_by_itself(open_page):
    page = open_page(ADVERT, bypass_csp=False)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/messages") else None)

    page.get_by_role("button", name="Talk about it in the chat").click()

    box = page.locator("stem-check").locator("textarea")
    expect(box).to_have_value(ADVERT.strip())
    expect(box).to_be_focused()
    assert sent == []


class Host(BaseHTTPRequestHandler):
    """Another website: one page, with the policy that its address names."""

    page = ""
    site = ""

    def do_GET(self):
        """Send the page."""
        policy = f"default-src 'none'; script-src {self.site}; connect-src {self.site}; img-src data:"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", policy + TRUSTED * self.path.startswith("/trusted"))
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture
def host(site, host_port):
    """The address of a website that holds the element in check mode."""
    element = '<link rel="icon" href="data:,"><stem-check mode="check"></stem-check></main>'
    Host.page = HOST_PAGE.replace('"/widget.js"', f'"{site}/widget.js"').replace("</main>", element)
    Host.site = site
    server = ThreadingHTTPServer(("127.0.0.1", host_port), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["plain", "trusted"])
def test_element_in_check_mode_works_on_another_website(chromium, host, path):
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.goto(f"{host}/{path}")

    page.get_by_label("The text to check").fill(ADVERT)
    page.get_by_role("button", name="Check this text").click()
    expect(page.locator("mark.flagged").first).to_have_text("cure MS for good", timeout=30_000)
    page.locator(".text a.number").first.click()
    expect(page.locator("#claim-1")).to_be_focused()

    assert axe_violations(page) == []
    assert not is_too_wide(page)
    assert problems == []
    context.close()
