"""Reload, the back button, a second tab, storage that is damaged or blocked: the conversation stays as it was."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST_PAGE
from tests.browser.widget import CLAIM, Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

BLOCKED = """
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, { get() { throw new Error('blocked'); } });
}
"""


def test_reload_keeps_the_conversation_and_the_open_chat(widget):
    widget.say(CLAIM)
    widget.page.reload()

    expect(widget.panel).to_be_visible()
    expect(widget.articles).to_have_count(3)
    assert widget.texts() == [CLAIM]
    expect(widget.host.locator(".card")).to_have_count(1)


def test_reload_does_not_take_the_focus_into_the_chat(widget):
    widget.page.reload()

    expect(widget.articles).to_have_count(1)
    assert widget.focused() == ""


def test_back_button_brings_the_conversation_back(widget):
    widget.say(CLAIM)
    widget.page.goto("about:blank")
    widget.page.go_back()

    expect(widget.articles).to_have_count(3)


def test_half_written_text_survives_a_reload(widget):
    widget.input.fill("Is it true that")
    widget.page.reload()

    expect(widget.input).to_have_value("Is it true that")


def open_second_tab(widget) -> Widget:
    """Return the same visitor's chat in a tab of its own, open at a conversation of one question."""
    tab = widget.page.context.new_page()
    tab.goto(widget.page.url)
    other = Widget(tab)
    other.launcher.click()
    expect(other.articles).to_have_count(3)
    return other


def test_new_tab_shows_the_same_conversation_and_follows_it(widget):
    widget.say(CLAIM)
    other = open_second_tab(widget)

    widget.say("What is a stem cell?")

    expect(other.articles).to_have_count(5)
    assert other.texts() == widget.texts()


def test_deleting_in_one_tab_empties_the_other(widget):
    widget.say(CLAIM)
    other = open_second_tab(widget)

    other.button("About and your data").click()
    other.button("Delete my conversation").click()
    other.button("Delete my conversation").click()

    expect(widget.articles).to_have_count(1)
    expect(widget.articles).to_contain_text("Your conversation is deleted.")


DAMAGED = [
    "{",
    "null",
    '"text"',
    "[5]",
    '{"mail": 5}',
    '{"mail": [null, {"key": 1}, {"text": 2}]}',
    '{"id": "x", "token": "\\u2026"}',
    '{"id": {}, "token": "x.y.z"}',
]


@pytest.mark.parametrize("kept", DAMAGED)
def test_damaged_storage_is_taken_for_none(visit, service_url, kept):
    write = f"if (!sessionStorage.past) localStorage.setItem('stem-check {service_url}', {json.dumps(kept)}); sessionStorage.past = 1;"
    widget = Widget(visit(script=write, errors=True)).open()

    expect(widget.host.locator(".suggestions")).to_be_visible()
    expect(widget.mine).to_have_count(0)
    widget.page.reload()
    expect(widget.host.locator(".suggestions")).to_be_visible()


def test_chat_works_with_storage_blocked(visit):
    widget = Widget(visit(HOST_PAGE, script=BLOCKED)).open()

    assert widget.say(CLAIM).locator(".card").count() == 1
