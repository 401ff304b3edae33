"""The interface in other languages, as data."""

import json

import pytest
from playwright.sync_api import expect

from stemcheck.web.app import STATIC
from tests.browser.conftest import HOST_PAGE
from tests.browser.test_accessibility import axe_violations
from tests.browser.widget import Widget

pytestmark = [pytest.mark.browser, pytest.mark.servers]

WORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((STATIC / "languages").glob("*.json"))}


def holes(text: str) -> set[str]:
    """Return the names in braces."""
    return {part.split("}")[0] for part in text.split("{")[1:]}


def test_five_languages_stand_beside_english():
    assert set(WORDS) == {"ar", "de", "es", "fr", "it"}


def test_every_language_has_every_word_with_its_places(visit):
    english = visit(HOST_PAGE).evaluate("customElements.get('stem-check').english")

    for language, words in WORDS.items():
        assert words.keys() == english.keys(), language
        assert {key: holes(text) for key, text in words.items()} == {key: holes(text) for key, text in english.items()}
        assert all(words.values()), language


@pytest.mark.parametrize("language", WORDS)
def test_attribute_decides_the_language_and_the_chat_says_that_it_answers_in_english(visit, language):
    page = visit(HOST_PAGE.replace(" async", f' async data-lang="{language}"'))
    widget = Widget(page)
    expect(widget.launcher).to_have_text(WORDS[language]["launch"])
    widget.open()

    expect(widget.panel).to_contain_text(WORDS[language]["english"])
    expect(widget.replies.first.locator(".group")).to_have_attribute("lang", "en")
    assert axe_violations(page) == []


def test_language_of_the_page_decides_without_the_attribute(visit):
    page = visit(HOST_PAGE.replace('lang="en"', 'lang="de-AT"'))

    expect(Widget(page).launcher).to_have_text(WORDS["de"]["launch"])


def test_unknown_language_falls_back_to_english(visit):
    page = visit(HOST_PAGE.replace('lang="en"', 'lang="xx"'), errors=True)

    expect(Widget(page).launcher).to_have_text("Ask about stem cells and MS")


def test_english_asks_for_no_file(visit):
    page = visit(HOST_PAGE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(Widget(page).launcher).to_be_visible()

    assert not any("languages" in url for url in asked)


def test_arabic_runs_from_right_to_left(visit):
    page = visit(HOST_PAGE.replace(" async", ' async data-lang="ar"'), viewport={"width": 800, "height": 700})
    widget = Widget(page).open()
    widget.input.fill("Stem cells cure MS.")
    widget.input.press("Enter")
    widget.next_reply(1)

    assert widget.panel.bounding_box()["x"] < 100
    assert not widget.is_too_wide()
    expect(widget.host.locator(".root")).to_have_css("direction", "rtl")
    expect(widget.replies.last.locator(".group")).to_have_css("direction", "ltr")


def test_hint_of_an_empty_box_goes_the_way_of_the_language_and_the_text_its_own(visit):
    widget = Widget(visit(HOST_PAGE.replace('lang="en"', 'lang="ar"'))).open()

    expect(widget.input).to_have_css("direction", "rtl")
    widget.input.fill("Stem cells cure MS.")
    expect(widget.input).to_have_css("direction", "ltr")
