"""The page /check: a form that works without script, and a report that reads like a document."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.web.form_body import MAX_FORM_BYTES
from tests.content.readability import grade
from tests.library import LIBRARY

TAG = re.compile(r"<[^>]+>")
CURE = re.compile("cures? MS")
ADVERT = "Our stem cells cure MS. Book today. Please do not tell your neurologist about it. " + "Come to the sea. " * 20
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class CureSpotter:
    """Takes every "cure MS" for a claim."""

    def find_claims(self, text):
        return [FoundClaim("cure", "asserted", *match.span(), match.group()) for match in CURE.finditer(text)]


@pytest.fixture
def site(start):
    """A function that starts the service with a spotter that needs no model."""

    def start_with_spotter(**changes):
        http = start(**changes)
        http.app.state.load_spotter = CureSpotter
        return http

    return start_with_spotter


@pytest.fixture
def page(site):
    """The service with the usual settings."""
    return site()


def send(http, text, **headers):
    return http.post("/check", content=urlencode({"text": text}), headers={**FORM, **headers})


def words(html):
    return " ".join(unescape(TAG.sub(" ", html)).split())


def test_form_is_there_without_script(page):
    html = page.get("/check").text

    assert '<form method="post" action="/check"' in html
    assert '<label for="text">' in html and 'name="text"' in html and 'type="submit"' in html


def test_report_has_the_marked_text_the_cards_what_is_left_out_and_questions(page):
    response = send(page, ADVERT)

    html = response.text
    assert response.status_code == 200
    assert re.search(r'<mark class="flagged"[^>]*>cure MS</mark><a class="number flagged" href="#claim-1"', html)
    assert 'id="claim-1"' in html and 'id="sign-a"' in html
    for wanted in (
        "What it leaves out",
        "Questions to take along",
        "Keep it from your doctor",
        "Newer than our source",
    ):
        assert wanted in words(html)
    assert " ".join(LIBRARY.claim_types["cure"].reason.split()) in words(html)
    assert 'href="/claims#cure"' in html


def test_every_number_leads_to_a_card_and_every_id_is_there_once(page):
    html = send(page, ADVERT).text

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_one_card_stands_for_all_places_of_a_kind_of_claim(page):
    html = send(page, "We cure MS. Yes, we cure MS.").text

    assert html.count('href="#claim-1"') == 2 and 'id="claim-2"' not in html
    assert "2 times" in words(html)


def test_text_stays_text_and_is_kept_in_its_box(page):
    html = send(page, "We cure MS <script>alert(1)</script></textarea><img src=x>").text

    assert "<script>alert" not in html and "<img src=x" not in html
    assert "We cure MS &lt;script&gt;" in html.split("<textarea")[1]


def test_text_of_exactly_8000_characters_is_checked_whatever_its_line_ends(page):
    assert send(page, "a\r\n" * 3999 + "aa").status_code == 200
    assert send(page, "😀" * 8000).status_code == 200


def test_longer_text_is_refused_in_words_and_kept(page):
    response = send(page, "b" * 8001)

    assert response.status_code == 413
    assert 'role="alert"' in response.text and "at most 8,000 characters" in response.text
    assert "b" * 8001 in response.text


@pytest.mark.parametrize("text", ["", "  \n ", "​"])
def test_empty_text_is_refused_in_words(page, text):
    response = send(page, text)

    assert response.status_code == 400
    assert 'role="alert"' in response.text


def test_form_far_too_large_is_not_read_to_its_end(page):
    response = page.post("/check", content=b"text=" + b"a" * MAX_FORM_BYTES, headers=FORM)

    assert response.status_code == 413
    assert "back button" in response.text


@pytest.mark.parametrize("content", [b"text=%FF%FE", b"&&&&&&&&&&&&&", b"\xff\xfe", b"other=1"])
def test_odd_forms_get_a_page_and_no_crash(page, content):
    response = page.post("/check", content=content, headers=FORM)

    assert response.status_code in (200, 400)
    assert "<form" in response.text


def test_other_kinds_of_body_get_a_page(page):
    response = page.post("/check", json={"text": "We cure MS"})

    assert response.status_code == 415
    assert "<form" in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_form_of_another_website_is_neither_checked_nor_shown(page, headers):
    response = send(page, "We cure MS, says evil", **headers)

    assert response.status_code == 403
    assert "says evil" not in response.text
    assert "another website" in response.text


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://testserver"}, {}]
)
def test_own_form_is_checked(page, headers):
    assert send(page, "We cure MS", **headers).status_code == 200


def test_rate_limit_is_that_of_the_api_and_keeps_the_text(site):
    http = site(rate_limits="on", address_messages_per_minute=1)
    http.post("/api/check", json={"text": "We cure MS"})

    response = send(http, "We cure MS, they say")

    assert response.status_code == 429
    assert int(response.headers["retry-after"]) >= 1
    assert "We cure MS, they say" in response.text


def test_nothing_is_cached_and_no_cookie_is_set(page):
    for response in (page.get("/check"), send(page, ADVERT)):
        assert response.headers["cache-control"] == "no-store"
        assert "set-cookie" not in response.headers


def test_somebody_in_danger_gets_the_card_first_also_over_the_rate_limit(site):
    http = site(rate_limits="on", address_messages_per_minute=1)

    for status in (200, 429):
        response = send(http, "I want to kill myself", **{"Accept-Language": "en-GB"})

        assert response.status_code == status
        card = re.search(r'<section class="alarm-card".*?</section>', response.text, re.DOTALL).group()
        assert "UK" in card and re.search(r"\d{3}", card)


def test_text_that_says_to_stop_medicine_has_the_warning_above_the_report(page, monkeypatch):
    text = "Leave your MS medicine three weeks before. We help you."
    page.app.state.load_spotter = lambda: Fixed([FoundClaim("stop-medication", "asserted", 0, 42, text[:42])])

    html = send(page, text).text

    assert html.index(LIBRARY.safety["stopped-medicine"].title) < html.index('class="opening"')


class Fixed:
    """Finds what it was given."""

    def __init__(self, claims):
        self._claims = claims

    def find_claims(self, text):
        return self._claims


def test_gravest_claim_has_number_one_wherever_it_stands(page):
    text = "One day cells may help. We cure MS."
    claims = [FoundClaim("may-help", "asserted", 0, 23, text[:23]), FoundClaim("cure", "asserted", 24, 34, text[24:34])]
    page.app.state.load_spotter = lambda: Fixed(claims)

    html = send(page, text).text

    assert re.search(r'id="claim-1".*?A cure', html, re.DOTALL).end() < html.index('id="claim-2"')
    assert html.index('href="#claim-2"') < html.index('href="#claim-1"'), "in the text they stand as written"


def test_overlapping_claims_are_both_marked(page):
    text = "We cure MS for good"
    page.app.state.load_spotter = lambda: Fixed(
        [FoundClaim("cure", "asserted", 0, 10, text[:10]), FoundClaim("guarantee", "asserted", 3, 19, text[3:])]
    )

    html = send(page, text).text

    assert words(re.search(r'<div class="text".*?</div>', html, re.DOTALL).group()) == "We cure MS 1 for good 2"


def test_part_for_files_is_hidden_where_the_service_reads_none(page, monkeypatch):
    from stemcheck.web import check_page

    monkeypatch.setattr(check_page, "_takes_files", lambda request: False)

    assert 'type="file"' not in page.get("/check").text


def test_style_scripts_and_links_of_the_page_are_served(page):
    for address in re.findall(r'(?:href|src)="(/[^"#]*)"', page.get("/check").text):
        assert page.get(address).status_code == 200, address


def test_nothing_comes_from_elsewhere_and_nothing_stands_inline(page):
    html = send(page, ADVERT).text

    assert not re.search(r'<(script|link|img)[^>]+(src|href)="(?:https?:)?//', html)
    assert not re.search(r"<style|style=|\son\w+=", html)


def test_demo_page_leads_to_the_page(page):
    assert 'href="/check"' in page.get("/").text


def test_page_can_be_read_by_everybody(page):
    html = page.get("/check").text
    own = " ".join(
        words(one) for one in re.findall(r"<(?:p|li)[ >].*?</(?:p|li)>", html, re.DOTALL) if "href" not in one
    )

    assert grade(own, [str(word) for term in LIBRARY.terms.values() for word in term.words]) <= 8


def test_report_comes_as_a_piece_of_html_for_the_element(page):
    response = page.post("/api/check", json={"text": ADVERT}, headers={"Accept": "text/html"})

    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-store"
    assert "<html" not in response.text and 'class="sides"' in response.text
    assert 'href="http://testserver/claims#cure"' in response.text


def test_api_names_red_flags_beside_the_claims(page):
    found = page.post("/api/check", json={"text": ADVERT}).json()

    assert [sign["id"] for sign in found["warnings"]] == ["keep-from-doctor"]
    assert ADVERT[found["warnings"][0]["start"] : found["warnings"][0]["end"]] == found["warnings"][0]["text"]


def test_api_says_nothing_of_warnings_where_there_are_none(page):
    assert "warnings" not in page.post("/api/check", json={"text": "Rain in May."}).json()


def test_text_in_another_language_is_said_so_and_nothing_is_guessed(page):
    german = "Unsere Stammzellen heilen Multiple Sklerose. Buchen Sie noch heute, und sprechen Sie nicht mit Ihrem Arzt darüber."

    html = send(page, german).text

    assert LIBRARY.languages["de"].notice in unescape(html)
    assert 'class="sides"' not in html and german in unescape(html)
