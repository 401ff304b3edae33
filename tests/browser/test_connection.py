"""Lost connection, slow network, failed sends, dead token: no message is lost, doubled or shown twice."""

import json
import time

import pytest
from playwright.sync_api import expect

from tests.browser.widget import CLAIM, Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

# the conversation is deleted behind the back of the chat, as it is when its time is over
KILL = """(async () => {
  const { id, token } = JSON.parse(Object.values(localStorage).find((text) => text.includes('token')));
  await fetch(`/api/conversations/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
})()"""


def test_failed_message_says_so_and_can_be_sent_again_with_the_same_id(frail_widget):
    widget = frail_widget
    ids = widget.lose_replies()
    widget.type(CLAIM)
    expect(widget.mine).to_contain_text("Not sent. Please check your connection.")
    widget.mend()

    with widget.page.expect_request("**/messages") as again:
        widget.button("Send again").click()

    widget.next_reply(1)
    assert [json.loads(again.value.post_data)["id"]] == ids
    assert widget.texts() == [CLAIM]
    assert [m["text"] for m in widget.transcript() if m["role"] == "visitor"] == [CLAIM]


def test_failed_message_survives_a_reload_and_is_sent_then(frail_widget):
    widget = frail_widget
    widget.lose_requests()
    widget.type(CLAIM)
    expect(widget.button("Send again")).to_be_visible()
    widget.mend()

    widget.page.reload()

    expect(widget.host.locator(".card")).to_have_count(1)
    assert widget.texts() == [CLAIM]


def test_going_offline_while_sending_is_mended_when_the_connection_is_back(frail_widget):
    widget = frail_widget
    widget.page.context.set_offline(True)
    widget.type(CLAIM)
    expect(widget.mine).to_contain_text("Not sent")

    widget.page.context.set_offline(False)

    expect(widget.host.locator(".card")).to_have_count(1)
    assert widget.texts() == [CLAIM]


def test_typing_goes_on_while_a_reply_is_awaited(widget):
    sent = []

    def slowly(route):
        sent.append(json.loads(route.request.post_data)["text"])
        if len(sent) == 1:
            time.sleep(1.5)
        route.continue_()

    widget.page.route("**/messages", slowly)
    widget.type("What is a stem cell?")
    widget.input.press_sequentially("What is AHSCT?")
    widget.input.press("Enter")
    widget.input.press_sequentially("And then")

    expect(widget.replies).to_have_count(3)
    assert sent == ["What is a stem cell?", "What is AHSCT?"]
    assert widget.texts() == sent
    expect(widget.input).to_have_value("And then")


def test_reply_of_kind_error_can_be_sent_again(widget):
    widget.answer_with(kind="error", text="I cannot answer just now. Please try again.")
    widget.type(CLAIM)
    expect(widget.mine).to_contain_text("I cannot answer just now.")
    widget.mend()

    widget.button("Send again").click()

    expect(widget.host.locator(".card")).to_have_count(1)
    expect(widget.mine).not_to_contain_text("I cannot answer just now.")


def test_message_without_an_answer_in_the_history_can_be_sent_again(widget):
    widget.page.route(
        "**/api/conversations/*",
        lambda route: route.fulfill(
            json={
                "messages": [
                    {"id": "1", "client_id": "one", "role": "visitor", "text": CLAIM, "answered": False},
                ]
            }
        ),
    )
    widget.page.reload()
    expect(widget.mine).to_contain_text("Not answered.")

    with widget.page.expect_request("**/messages") as again:
        widget.button("Send again").click()

    assert json.loads(again.value.post_data) == {"id": "one", "text": CLAIM}


def test_dead_token_begins_a_new_conversation_and_the_message_goes_with_it(frail_widget):
    widget = frail_widget
    widget.page.evaluate(KILL)

    widget.type(CLAIM)

    expect(widget.log).to_contain_text("The earlier conversation has ended. This is a new one.")
    expect(widget.host.locator(".card")).to_have_count(1)
    assert widget.texts() == [CLAIM]


def test_refused_message_says_why(frail_widget):
    widget = frail_widget
    error = {"error": {"code": "too-long", "message": "This is too long for me."}}
    widget.page.route("**/messages", lambda route: route.fulfill(status=413, json=error))

    widget.type(CLAIM)

    expect(widget.mine).to_contain_text("This is too long for me.")
    expect(widget.button("Send again")).to_have_count(0)


def test_rate_limit_is_waited_for(frail_widget):
    widget = frail_widget
    error = {"error": {"code": "too-fast", "message": "Please wait a moment."}}
    widget.page.route(
        "**/messages", lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}, json=error), times=1
    )
    widget.type(CLAIM)

    expect(widget.host.locator(".card")).to_have_count(1)


def test_service_that_is_away_at_the_start_can_be_tried_again(visit):
    widget = Widget(visit(errors=True))
    widget.page.route("**/api/conversations", lambda route: route.abort())
    widget.launcher.click()
    expect(widget.log).to_contain_text("The service cannot be reached just now.")
    widget.page.unroute("**/api/conversations")

    widget.button("Try again").click()

    expect(widget.host.locator(".suggestions")).to_be_visible()
    expect(widget.articles).to_have_count(1)


def test_message_that_another_tab_could_not_send_goes_with_its_new_conversation_once(frail_widget):
    widget = frail_widget
    widget.lose_requests()
    widget.type(CLAIM)
    expect(widget.button("Send again")).to_be_visible()
    tab = widget.page.context.new_page()
    tab.goto(widget.page.url)
    other = Widget(tab)
    other.launcher.click()

    expect(other.host.locator(".card")).to_have_count(1)
    expect(widget.host.locator(".card")).to_have_count(1)
    assert widget.texts() == other.texts() == [CLAIM]
    assert [m["text"] for m in other.transcript() if m["role"] == "visitor"] == [CLAIM]


def test_failed_message_is_tried_again_by_itself_and_announced_once(frail_widget):
    widget = frail_widget
    widget.page.clock.install()
    ids = widget.lose_replies()
    widget.type(CLAIM)
    expect(widget.mine).to_contain_text("Not sent")
    widget.page.clock.fast_forward(10_000)
    while len(ids) < 2:
        widget.page.wait_for_timeout(50)
    expect(widget.mine).to_contain_text("Not sent")
    widget.mend()
    widget.page.clock.fast_forward(20_000)

    expect(widget.host.locator(".card")).to_have_count(1)
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert [m["text"] for m in widget.transcript() if m["role"] == "visitor"] == [CLAIM]
    assert [line for line in widget.announced() if line.startswith(("Not sent", "Writing"))] == [
        "Writing a reply…",
        "Not sent. Please check your connection.",
    ]


def test_deleting_with_a_dead_token_says_that_the_conversation_has_ended(frail_widget):
    widget = frail_widget
    widget.say(CLAIM)
    widget.page.evaluate(KILL)

    widget.button("About and your data").click()
    widget.button("Delete my conversation").click()
    widget.button("Delete my conversation").click()

    expect(widget.log).to_contain_text("The earlier conversation has ended. This is a new one.")
    expect(widget.mine).to_have_count(0)
    assert widget.say(CLAIM).locator(".card").count() == 1
