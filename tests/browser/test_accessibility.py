"""WCAG 2.2: axe in every state and theme, keyboard, focus, announcements, small screens, big text, forced colours."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import HOST_PAGE
from tests.browser.test_conversation import ADVERT, CHECK, CLAIM
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
AT_400_PERCENT = {"width": 320, "height": 256}


def fail(widget):
    widget.lose_requests()
    widget.type(CLAIM)
    expect(widget.button("Send again")).to_be_visible()


STATES = {
    "greeting": lambda widget: None,
    "verdict": lambda widget: widget.say(CLAIM).locator("summary").first.click(),
    "advert-report": lambda widget: widget.say(ADVERT),
    "clinic-check": lambda widget: (widget.say(CHECK), widget.say("No")),
    "safety": lambda widget: widget.say("I want to kill myself"),
    "error": fail,
    "your-data": lambda widget: widget.button("About and your data").click(),
}


def axe_violations(page) -> list[str]:
    """Return what axe finds, each with the first place."""
    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visit, tmp_path, state, scheme):
    widget = Widget(visit(errors=True, color_scheme=scheme)).open()
    STATES[state](widget)

    assert axe_violations(widget.page) == []
    for name, size in (("desk", DESK), ("phone", PHONE)):
        widget.page.set_viewport_size(size)
        widget.page.screenshot(path=tmp_path / f"{state}-{scheme}-{name}.png")


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, AT_400_PERCENT], ids=["320px", "400%"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_scrolls_sideways_when_space_is_scarce(visit, state, size):
    widget = Widget(visit(errors=True, viewport=size)).open()
    STATES[state](widget)

    assert not widget.is_too_wide()
    expect(widget.input if state != "your-data" else widget.button("Back")).to_be_visible()


def test_text_of_twice_the_size_fits(visit):
    style = "<style>stem-check { --stem-check-font-size: 2rem }</style></head>"
    widget = Widget(visit(HOST_PAGE.replace("</head>", style), viewport=PHONE)).open()
    widget.say(CLAIM)

    assert not widget.is_too_wide()
    widget.input.fill("Still to be seen")
    expect(widget.input).to_be_in_viewport()


def test_new_reply_comes_into_view_at_400_percent(visit):
    widget = Widget(visit(viewport=AT_400_PERCENT)).open()
    reply = widget.say(CLAIM)

    expect(reply.locator(".text").first).to_be_in_viewport()


def test_header_of_large_text_keeps_its_words_whole(visit):
    style = "<style>stem-check { --stem-check-font-size: 2rem }</style></head>"
    widget = Widget(visit(HOST_PAGE.replace("</head>", style), viewport=PHONE)).open()

    assert widget.host.locator("header p").bounding_box()["width"] > PHONE["width"] / 2


def test_forced_colours_leave_every_part_with_an_edge(visit):
    widget = Widget(visit(forced_colors="active")).open()
    reply = widget.say(CLAIM)

    assert axe_violations(widget.page) == []
    for part in (widget.panel, widget.mine.locator(".text"), reply.locator(".card"), widget.button("Send")):
        assert part.evaluate("(node) => parseFloat(getComputedStyle(node).borderTopWidth)") >= 1


def test_reduced_motion_stops_the_dots(visit):
    widget = Widget(visit(errors=True, reduced_motion="reduce")).open()
    widget.page.route("**/messages", lambda route: None)
    widget.type(CLAIM)

    expect(widget.host.locator(".typing i").first).to_have_css("animation-name", "none")


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 44)], ids=["mouse", "touch"])
def test_targets_are_large_enough(visit, touch, least):
    widget = Widget(visit(has_touch=touch, is_mobile=touch, viewport=PHONE)).open()
    widget.say(CLAIM)

    sizes = widget.host.locator("button:visible, summary:visible").evaluate_all(
        "all => all.map((one) => [one.textContent, one.getBoundingClientRect()]).map(([name, box]) => [name, box.width, box.height])"
    )
    assert [one for one in sizes if min(one[1:]) < least] == []


def test_phone_shows_the_chat_over_the_whole_screen(visit):
    widget = Widget(visit(has_touch=True, is_mobile=True, viewport=PHONE)).open()

    assert widget.panel.bounding_box() == {"x": 0, "y": 0, **PHONE}


def test_headings_and_landmarks_tell_who_said_what(widget):
    widget.say(CLAIM)

    assert widget.panel.get_by_role("heading", level=2).inner_text() == "StemCheck"
    assert widget.log.get_by_role("heading", level=3).all_text_contents() == ["StemCheck", "You", "StemCheck"]
    expect(widget.page.get_by_role("dialog", name="StemCheck")).to_be_visible()


# ---------------------------------------------------------------- keyboard


def test_keyboard_alone_opens_asks_and_closes(visit):
    widget = Widget(visit())
    widget.launcher.focus()
    widget.page.keyboard.press("Enter")
    widget.replies.first.wait_for()
    expect(widget.input).to_be_focused()

    widget.page.keyboard.type(CLAIM)
    widget.page.keyboard.press("Enter")
    widget.next_reply(1)
    widget.page.keyboard.press("Escape")

    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()


def test_shift_and_enter_begin_a_new_line(widget):
    widget.input.press_sequentially("one")
    widget.input.press("Shift+Enter")
    widget.input.press_sequentially("two")

    expect(widget.input).to_have_value("one\ntwo")
    expect(widget.mine).to_have_count(0)


def test_arrow_keys_walk_the_transcript(widget):
    widget.say(CLAIM)
    keys = widget.page.keyboard

    keys.press("ArrowUp")
    expect(widget.articles.nth(2)).to_be_focused()
    keys.press("ArrowUp")
    expect(widget.articles.nth(1)).to_be_focused()
    keys.press("Home")
    expect(widget.articles.nth(0)).to_be_focused()
    keys.press("ArrowDown")
    expect(widget.articles.nth(1)).to_be_focused()
    keys.press("End")
    expect(widget.articles.nth(2)).to_be_focused()


def test_focus_stays_in_the_box_when_a_reply_comes(widget):
    widget.input.fill(CLAIM)
    widget.input.press("Enter")
    widget.next_reply(1)

    expect(widget.input).to_be_focused()


def test_focus_elsewhere_on_the_page_is_not_taken(widget):
    link = widget.page.get_by_role("link", name="Visit us")
    widget.type(CLAIM)
    link.focus()
    widget.next_reply(1)

    expect(link).to_be_focused()


def test_escape_in_a_sheet_goes_back_to_the_button_that_opened_it(widget):
    about = widget.button("About and your data")
    about.click()
    widget.page.keyboard.press("Escape")

    expect(widget.log).to_be_visible()
    expect(about).to_be_focused()


def test_tab_stays_in_the_chat_while_it_covers_the_screen(visit):
    widget = Widget(visit(viewport=PHONE)).open()

    for _ in range(12):
        widget.page.keyboard.press("Tab")
        assert widget.focused()


# ---------------------------------------------------------------- announcements


def test_new_replies_are_announced_once_and_nothing_else(widget):
    with widget.page.expect_response("**/messages") as answer:
        widget.say(CLAIM)
    greeting, *rest = widget.announced()

    assert greeting.startswith("Hello")
    assert rest == ["Sent.", "Writing a reply…", answer.value.json()["messages"][0]["text"]]


def test_live_region_is_in_the_page_itself_and_is_emptied(widget):
    region = widget.page.locator("stem-check > [role=log][aria-live=polite]")
    expect(region).to_have_count(1)

    widget.say(CLAIM)

    expect(region).to_be_empty()


def test_history_is_not_read_again_after_a_reload(widget):
    widget.say(CLAIM)
    widget.page.reload()
    expect(widget.articles).to_have_count(3)

    assert widget.announced() == []


def test_failure_is_announced(frail_widget):
    fail(frail_widget)

    assert frail_widget.announced()[-1] == "Not sent. Please check your connection."


def test_reply_to_a_closed_chat_waits_on_the_launcher(widget):
    widget.page.route("**/messages", lambda route: (widget.page.wait_for_timeout(800), route.continue_()))
    widget.type(CLAIM)
    widget.page.keyboard.press("Escape")

    expect(widget.launcher).to_have_text("New reply")
    assert widget.announced()[-1] == "New reply"
    widget.launcher.click()
    expect(widget.host.locator(".card")).to_be_in_viewport()


@pytest.mark.parametrize("rule", ["display: none", "visibility: hidden", "content-visibility: hidden", "all: unset"])
def test_host_page_cannot_hide_the_live_region(visit, rule):
    style = f"<style>stem-check, stem-check *, [aria-live], [role=log] {{ {rule} !important }}</style></head>"
    widget = Widget(visit(HOST_PAGE.replace("</head>", style))).open()
    widget.say(CLAIM)

    tree = widget.page.context.new_cdp_session(widget.page).send("Accessibility.getFullAXTree")["nodes"]
    logs = [node for node in tree if node.get("role", {}).get("value") == "log" and not node["ignored"]]
    assert len(logs) == 1
    assert widget.page.locator("stem-check > [aria-live]").bounding_box()["width"] <= 1


def test_browser_without_light_and_dark_values_gets_the_light_look(visit):
    old = "const supports = CSS.supports; CSS.supports = (...test) => !test.join().includes('light-dark') && supports(...test);"
    widget = Widget(visit(script=old, color_scheme="dark")).open()
    widget.say(CLAIM)

    expect(widget.panel).to_have_css("background-color", "rgb(255, 253, 249)")
    rules = "(host) => [...host.shadowRoot.adoptedStyleSheets[0].cssRules].map((rule) => rule.cssText).join()"
    assert "light-dark" not in widget.host.evaluate(rules)
    assert axe_violations(widget.page) == []
