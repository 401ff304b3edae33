"""One script tag or one element, in any page: strict policy, hostile styles, two at once, an iframe, no third party."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from stemcheck.web.app import STATIC
from tests.browser.conftest import HEAD, HOST_PAGE
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

CLAIM = "Stem cells cure MS."
MOST_BYTES = 15_000
HOSTILE = """<style>
* { all: unset !important; display: inline !important; color: red !important; font-size: 40px !important; float: left !important;
    position: static !important; width: 3px !important; visibility: hidden !important; }
button, div, section { display: none !important; }
</style>"""


def element(attributes: str) -> str:
    """Return a host page with the element in it."""
    return HOST_PAGE.replace("</main>", f"<stem-check {attributes}></stem-check></main>")


def listen(page) -> None:
    """Collect the events of the element in `window.heard`."""
    page.evaluate(
        "window.heard = []; for (const type of ['open', 'close', 'message'])"
        " document.querySelector('stem-check').addEventListener(type, (event) => heard.push([type, event.detail?.role]))"
    )


def test_script_is_small():
    """Gzipped, at most 15,000 bytes: one file, no build."""
    assert len(gzip.compress((STATIC / "widget.js").read_bytes(), 9)) <= MOST_BYTES


def test_one_script_tag_is_enough(visit):
    widget = Widget(visit(HOST_PAGE)).open()

    assert widget.say(CLAIM).locator(".card").count() == 1


def test_inline_element_stands_in_the_page_without_a_launcher(visit):
    widget = Widget(visit(element("inline")))

    expect(widget.replies).to_have_count(1)
    expect(widget.launcher).to_have_count(0)
    expect(widget.button("Close")).to_have_count(0)


def test_attributes_change_title_greeting_contact_and_place(visit):
    page = visit(element('title="Ask Harbour" greeting="Welcome aboard." contact="Ring us: 555" position="start"'))
    widget = Widget(page).open()

    expect(widget.panel.get_by_role("heading", level=2)).to_have_text("Ask Harbour")
    expect(widget.replies.first).to_contain_text("Welcome aboard.")
    assert widget.panel.bounding_box()["x"] < 100
    widget.button("About and your data").click()
    expect(widget.host.locator(".sheet")).to_contain_text("Ring us: 555")


def test_data_attributes_of_the_script_do_the_same(visit):
    page = visit(HOST_PAGE.replace(" async", ' async data-title="Ask Harbour" data-position="start"'))
    widget = Widget(page).open()

    expect(widget.panel.get_by_role("heading", level=2)).to_have_text("Ask Harbour")


def test_custom_properties_change_the_colours(visit):
    style = "<style>stem-check { --stem-check-accent: rgb(90, 20, 120) }</style></head>"
    widget = Widget(visit(HOST_PAGE.replace("</head>", style)))

    expect(widget.launcher).to_have_css("background-color", "rgb(90, 20, 120)")


def test_host_page_hears_open_message_and_close(visit):
    widget = Widget(visit(HOST_PAGE))
    listen(widget.page)

    widget.open().say(CLAIM)
    widget.button("Close").click()

    heard = widget.page.evaluate("heard")
    assert heard == [["open", None], ["message", "visitor"], ["message", "assistant"], ["close", None]]


def test_host_page_opens_and_closes_the_chat(visit):
    widget = Widget(visit(HOST_PAGE))
    expect(widget.launcher).to_be_visible()

    widget.page.evaluate("document.querySelector('stem-check').show()")
    expect(widget.panel).to_be_visible()
    widget.page.evaluate("document.querySelector('stem-check').hide()")
    expect(widget.panel).to_be_hidden()


def test_strict_policy_of_the_host_page_is_enough(visit, service_url):
    policy = (
        f"default-src 'none'; script-src {service_url}; connect-src {service_url}; require-trusted-types-for 'script'"
    )
    widget = Widget(visit(HOST_PAGE, csp=policy)).open()

    reply = widget.say(CLAIM)
    reply.get_by_role("button", name="Yes").click()

    expect(reply.locator(".tools")).to_contain_text("Thank you.")
    expect(widget.panel).to_have_css("position", "fixed")


def test_hostile_styles_of_the_host_page_change_nothing(visit):
    plain, hostile = (
        Widget(visit(page)).open() for page in (HOST_PAGE, HOST_PAGE.replace("</head>", HOSTILE + "</head>"))
    )

    for part in ("panel", "input"):
        assert getattr(hostile, part).bounding_box() == getattr(plain, part).bounding_box()
    expect(hostile.panel.get_by_role("heading", level=2)).not_to_have_css("color", "rgb(255, 0, 0)")


def test_two_chats_on_a_page_share_the_conversation_and_do_not_cover_each_other(visit):
    page = visit(HOST_PAGE.replace("</main>", "<stem-check></stem-check><stem-check></stem-check></main>"))
    one, other = Widget(page).open(), Widget(page, 1).open()

    one.say(CLAIM)

    expect(other.host.locator(".card")).to_have_count(1)
    assert one.panel.bounding_box()["x"] > other.panel.bounding_box()["x"] + other.panel.bounding_box()["width"]


def test_script_twice_on_a_page_makes_one_chat(visit):
    page = visit(HOST_PAGE.replace("<main>", '<main><script src="/widget.js?again" async></script>'))
    widget = Widget(page).open()

    widget.say(CLAIM)

    expect(page.locator("stem-check")).to_have_count(1)


def test_chat_works_in_an_iframe(visit, service_url):
    page = visit(HEAD + "</head><body><stem-check></stem-check></body></html>")
    page.route(f"{service_url}/frame.html", lambda route: route.fulfill(body=HOST_PAGE, content_type="text/html"))
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'), { src: '/frame.html', width: 600, height: 700 }))"
    )

    inside = page.frame_locator("iframe")
    inside.locator(".launcher").click()
    inside.locator("form textarea").fill(CLAIM)
    inside.locator("form textarea").press("Enter")

    expect(inside.locator(".card")).to_have_count(1)


def test_nothing_is_asked_of_a_third_party_and_no_cookie_is_set(visit, service_url):
    page = visit(HOST_PAGE)
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    page.reload()
    widget = Widget(page).open()
    widget.say(CLAIM)

    assert {f"{url.scheme}://{url.netloc}" for url in asked} == {service_url}
    assert page.context.cookies() == []


def test_nothing_is_asked_of_the_api_before_the_chat_is_opened(visit):
    page = visit(HOST_PAGE)
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.reload()
    expect(Widget(page).launcher).to_be_visible()

    assert [path for path in asked if path.startswith("/api")] == []


def test_demo_page_has_no_inline_style_or_script():
    page = Path(STATIC / "demo" / "index.html").read_text("utf-8")

    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script src="/widget.js" async></script>') == 1
