"""A web page as a person sees it."""

import pytest

from stemcheck.documents.document import DocumentError
from stemcheck.documents.web_page import read_web_page

CLAIM = "Stem cells cure MS."


def read(body, head=""):
    return read_web_page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()).text


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>alert('seen')</script>",
        "<style>seen { color: red }</style>",
        "<nav><a href='/'>seen</a></nav>",
        "<div role='navigation'>seen</div>",
        "<p style='Display : none'>seen</p>",
        "<p hidden>seen</p>",
        "<template>seen</template><noscript>seen</noscript>",
        "<select><option>seen</option></select>",
        "<div id='cookie-banner'>We use cookies. seen</div>",
        "<!-- seen -->",
    ],
)
def test_what_no_person_reads_is_left_out(unseen):
    assert read(f"{unseen}<p>{CLAIM}</p>") == CLAIM


def test_a_page_inside_something_named_after_cookies_is_still_read():
    assert CLAIM in read(f"<div class='has-cookie-bar'><p>{CLAIM}</p>{'<p>More of the page.</p>' * 300}</div>")


def test_title_in_the_head_is_no_text_of_the_page():
    assert read(f"<p>{CLAIM}</p>", head="<title>Menu</title>") == CLAIM


def test_lists_and_tables_keep_their_lines():
    text = read(
        "<h1>Why us</h1><ul><li>better balance</li><li>less fatigue</li></ul><table><tr><td>Day 1</td><td>Arrival</td></tr></table>"
    )

    assert [line.strip("* ") for line in text.splitlines() if line] == [
        "Why us", "better balance", "less fatigue", "Day 1  Arrival",
    ]  # fmt: skip


def test_entities_are_the_letters_that_they_stand_for():
    assert read("<p>Caf&eacute; &amp; cure&nbsp;of&#32;MS</p>") == "Café & cure of MS"


def test_declared_encoding_is_used_and_a_wrong_one_is_not():
    page = "<html><head><meta charset='{}'></head><body><p>Café</p></body></html>"

    assert read_web_page(page.format("latin-1").encode("latin-1")).text == "Café"
    assert read_web_page(page.format("utf-8").encode("cp1252")).text == "Café"


def test_markup_left_open_is_read_all_the_same():
    assert CLAIM in read(f"<div><p>{CLAIM}<b><i><table><tr><td>more")


@pytest.mark.parametrize("body", ["", "<p></p>", "<script>only()</script>"])
def test_page_without_words_is_no_text(body):
    with pytest.raises(DocumentError) as problem:
        read(body)

    assert problem.value.reason == "no-text"


def test_deep_nesting_ends():
    try:
        text = read("<div>" * 20_000 + CLAIM)
    except DocumentError as problem:
        assert problem.reason in ("no-text", "too-hard")
    else:
        assert text in ("", CLAIM)
