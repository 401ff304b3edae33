"""HTML, scripts, links, bidi control characters and endless words in texts: nothing runs, nothing breaks the layout."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST_PAGE
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

TEXTS = {
    "html": "<img src=x onerror='window.hacked = true'><b>bold</b>",
    "script": "<script>window.hacked = true</script>",
    "link": "javascript:window.hacked=true",
    "bidi": "\u202egnihton \u2066 \u202d says\u202c",
    "word": "x" * 8000,
    "template": "{n} {{constructor}} ${window.hacked = true}",
}
SOURCE = {
    "id": "s",
    "publisher": "P",
    "title": "T",
    "section": "",
    "reviewed_on": "2026-01-02",
    "review_due": "2027-01-02",
    "overdue": False,
}


def is_hacked(widget):
    return widget.page.evaluate("window.hacked === true")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_of_the_visitor_is_only_shown(widget, text):
    widget.answer_with()
    widget.say(text)

    assert widget.texts() == [text]
    assert widget.mine.locator("img, b, a, script").count() == 0
    assert not is_hacked(widget)
    assert not widget.is_too_wide()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_in_every_part_of_a_reply_is_only_shown(widget, text):
    claim = {
        **dict.fromkeys(("type", "label", "verdict_label", "reason", "text", "mode", "verdict"), text),
        **{"start": 0, "end": 5, "facts": ["f"], "flagged": True},
    }
    source = {**SOURCE, "publisher": text, "title": text, "section": text, "url": "javascript:window.hacked=true"}
    widget.answer_with(
        text=text,
        intro=text,
        claims=[claim, claim],
        sources=[source],
        citations=[{"fact": "f", "statement": text, "source": "s", "section": text, "reviewed_on": "2026-01-02"}],
        updates=[{"id": "u", "text": text, "advice": text, "sources": [source]}],
        suggestions=[{"title": text, "text": text}],
        report={
            "summary": text,
            "closing": text,
            "silences": [{"id": "s", "label": text, "why": text}],
            "questions": [{"id": "q", "question": text, "why": text}],
        },
        card={"id": "c", "title": text, "action": text, "numbers": [{"country": text, "number": text}]},
    )
    reply = widget.say("anything")

    for summary in reply.locator("summary").all():
        summary.click()
    assert reply.locator("img, b[onerror], script, a[href^='javascript']").count() == 0
    assert not is_hacked(widget)
    assert not widget.is_too_wide()


def test_only_web_links_become_links(widget):
    widget.answer_with(text="See https://www.msif.org/page. Not javascript:alert(1), data:text/html,x or file:///etc.")
    reply = widget.say("anything")

    links = reply.get_by_role("link").evaluate_all("all => all.map((one) => one.href)")
    assert links == ["https://www.msif.org/page"]
    expect(reply.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("text", ["<img src=x onerror=hacked=true>", "javascript:hacked=true"], ids=["html", "link"])
def test_attributes_are_only_shown(visit, text):
    tag = f'<stem-check title="{text}" greeting="{text}" contact="{text}" lang="{text}" position="{text}"></stem-check>'
    widget = Widget(visit(HOST_PAGE.replace("</main>", tag + "</main>"), errors=True)).open()

    expect(widget.panel.get_by_role("heading", level=2)).to_have_text(text)
    expect(widget.replies.first).to_contain_text(text)
    assert not is_hacked(widget)
