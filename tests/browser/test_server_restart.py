"""The web service is killed while a message is on its way, and started again: nothing is lost, doubled or shown twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.widget import CLAIM, Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

QUESTION = "What is a stem cell?"


@pytest.fixture
def widget(chromium, processes):
    """The open chat of a visitor."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(processes.url)
    yield Widget(page).open()
    context.close()


def said(widget) -> list[str]:
    """Return what the service has written down of the visitor's words."""
    return [message["text"] for message in widget.transcript() if message["role"] == "visitor"]


def test_message_on_its_way_is_answered_after_the_restart(widget, processes):
    widget.say(QUESTION)
    with processes.hanging("rasa"):  # so the message is surely not answered yet
        widget.type(CLAIM)
        widget.page.wait_for_timeout(300)
        processes.kill("web")
        expect(widget.mine.last).to_contain_text("Not sent")
    processes.start("web")

    expect(widget.host.locator(".card")).to_have_count(1, timeout=60_000)  # by itself
    assert widget.texts() == said(widget) == [QUESTION, CLAIM]
    assert widget.replies.count() == 3


def test_reload_while_the_service_is_away_keeps_the_message(widget, processes):
    widget.say(QUESTION)
    processes.kill("web")
    widget.type(CLAIM)
    expect(widget.mine.last).to_contain_text("Not sent")
    processes.start("web")
    widget.page.reload()

    expect(widget.host.locator(".card")).to_have_count(1, timeout=60_000)
    assert widget.texts() == said(widget) == [QUESTION, CLAIM]


def test_hanging_rasa_is_told_and_the_message_can_be_sent_again(widget, processes):
    with processes.hanging("rasa"):
        widget.type(CLAIM)
        expect(widget.button("Send again")).to_be_visible(timeout=60_000)
    widget.button("Send again").click()

    expect(widget.host.locator(".card")).to_have_count(1, timeout=60_000)
    assert widget.texts() == said(widget) == [CLAIM]
