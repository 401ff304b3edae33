"""A file or photo in the chat: chosen, dropped or pasted, shown for mending, then sent as a message."""

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import axe_violations
from tests.browser.widget import Widget
from tests.made_files import pdf_of

pytestmark = [pytest.mark.browser, pytest.mark.servers]

CLAIM = "Our stem cells cure MS."
PDF = pdf_of([CLAIM])
READ_MS = 60_000  # the first file of a kind loads its library
DROP = """async ([name, type, data]) => {
  const panel = document.querySelector('stem-check').shadowRoot.querySelector('.panel');
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  for (const kind of ['dragover', 'drop']) panel.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
}"""


def choose(widget, data, name="flyer.pdf"):
    """Attach a file by the button."""
    with widget.page.expect_file_chooser() as chooser:
        widget.button("Attach a file or photo").click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def sheet(widget):
    return widget.host.locator(".sheet")


def read_as(widget, text, notes=()):
    """From now on, let every file be read as this text."""
    widget.page.route("**/api/check/file", lambda route: route.fulfill(json={"text": text, "notes": list(notes)}))


def read_text(widget):
    box = widget.host.get_by_label("The text as I read it. You can change it.")
    box.wait_for(timeout=READ_MS)
    return box


def test_file_is_read_shown_mended_and_only_then_sent(widget):
    choose(widget, PDF)
    box = read_text(widget)

    expect(sheet(widget)).to_contain_text("I read this. Is it right?")
    expect(box).to_have_value(CLAIM)
    assert widget.mine.count() == 0

    box.fill("Our stem cells heal MS.")
    before = widget.replies.count()
    widget.button("Check this text").click()
    widget.next_reply(before)

    assert widget.texts() == ["Our stem cells heal MS."]
    expect(sheet(widget)).to_be_hidden()


def test_file_can_be_dropped_on_the_chat(widget):
    read_as(widget, CLAIM)
    widget.page.evaluate(DROP, ["flyer.pdf", "application/pdf", base64.b64encode(PDF).decode()])

    expect(read_text(widget)).to_have_value(CLAIM)


def test_cancelling_sends_nothing_and_gives_the_focus_back(widget):
    read_as(widget, CLAIM)
    choose(widget, PDF)
    read_text(widget)
    widget.button("Cancel").click()

    expect(sheet(widget)).to_be_hidden()
    assert widget.mine.count() == 0
    assert widget.focused()


def test_file_that_cannot_be_read_says_why_and_another_can_be_chosen(frail_widget):
    choose(frail_widget, pdf_of([CLAIM], password="x"))

    expect(sheet(frail_widget)).to_contain_text("password", timeout=READ_MS)
    expect(frail_widget.button("Choose another file")).to_be_visible()


def test_service_out_of_reach_is_told(frail_widget):
    frail_widget.page.route("**/api/check/file", lambda route: route.abort())
    choose(frail_widget, PDF)

    expect(sheet(frail_widget)).to_contain_text("did not reach the service")


def test_long_text_is_sent_in_parts_and_nothing_is_lost(widget):
    read_as(widget, f"{'Rain fell. ' * 1500}The end.")
    widget.answer_with(text="Read.")
    choose(widget, PDF)
    read_text(widget)

    expect(sheet(widget)).to_contain_text("in 3 messages")
    widget.button("Check this text").click()

    expect(widget.mine).to_have_count(3)
    assert " ".join(widget.texts()).count("Rain fell.") == 1500


def test_attaching_can_be_used_by_everybody(widget):
    read_as(widget, CLAIM, ["I read this from a picture."])
    choose(widget, PDF)
    box = read_text(widget)

    assert axe_violations(widget.page) == []
    assert any("I read this" in text for text in widget.announced())
    assert not widget.is_too_wide()
    box.press("Escape")
    expect(sheet(widget)).to_be_hidden()


def test_words_are_there_in_every_language(visit):
    words = visit().evaluate("import('/parts/attachment.js').then((part) => part.WORDS)")

    assert set(words) == {"en", "de", "es", "fr", "it", "ar"}
    assert all(found.keys() == words["en"].keys() and all(found.values()) for found in words.values())
    assert all("{n}" in found["parts"] for found in words.values())


def test_link_alone_is_read_where_the_operator_allows_it(visit):
    page = visit()
    page.route("**/api/about", lambda route: route.fulfill(json={**route.fetch().json(), "reads_links": True}))
    page.route("**/api/check/link", lambda route: route.fulfill(json={"text": CLAIM, "notes": []}))
    page.reload()
    widget = Widget(page).open()
    expect(widget.button("Attach a file or photo")).to_be_visible()
    widget.type("https://clinic.example/ms")

    expect(read_text(widget)).to_have_value(CLAIM)
    assert widget.mine.count() == 0
