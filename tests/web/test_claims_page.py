"""The public page of claims: all that the exports point to, with its sources, and the ClaimReviews in it."""

import json
import re
from html import unescape

import pytest

from stemcheck.replies.claim_review import claim_reviews
from tests.content.readability import grade
from tests.library import LIBRARY

JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def page(http):
    """The page's HTML."""
    return http.get("/claims").text


def article(page, type_id):
    return re.search(rf'<article id="{type_id}".*?</article>', page, re.DOTALL).group()


def words(html):
    return " ".join(unescape(TAG.sub(" ", html)).split())


def test_every_address_of_the_export_leads_to_its_claim(page):
    for review in claim_reviews(LIBRARY, site="http://testserver", author="x")["@graph"]:
        address, _, place = review["url"].partition("#")

        assert address == "http://testserver/claims"
        assert review["claimReviewed"] in words(article(page, place))


@pytest.mark.parametrize("type_id", LIBRARY.claim_types)
def test_each_claim_has_its_verdict_reason_facts_and_sources(page, type_id):
    kind = LIBRARY.claim_types[type_id]
    facts = [LIBRARY.facts[fact] for fact in kind.facts]
    text = words(article(page, type_id))

    assert LIBRARY.verdicts[kind.verdict].label in text
    for wanted in (kind.reason, *(fact.statement for fact in facts)):
        assert " ".join(wanted.split()) in text
    for source in {LIBRARY.sources[fact.section.source] for fact in facts}:
        assert str(source.url) in article(page, type_id)
    assert f"reviewed on {LIBRARY.sources['msif-stem-cells'].reviewed_on}" in text


@pytest.mark.parametrize("type_id", [id for id, kind in LIBRARY.claim_types.items() if kind.facts])
def test_what_is_newer_stands_apart_with_its_own_source(page, type_id):
    updates = {update for fact in LIBRARY.claim_types[type_id].facts for update in LIBRARY.facts[fact].updates}
    apart = "".join(re.findall(r'<div class="update">.*?</div>', article(page, type_id), re.DOTALL))

    for update in updates:
        assert " ".join(LIBRARY.updates[update].text.split()) in words(apart)
        assert all(str(LIBRARY.sources[source].url) in unescape(apart) for source in LIBRARY.updates[update].sources)
    assert bool(apart) is bool(updates)


def test_reviews_are_in_the_page_as_data(page):
    stored = json.loads(JSON_LD.search(page).group(1))

    assert stored == claim_reviews(LIBRARY, site="http://testserver", author="StemCheck")


def test_operator_is_the_author_and_cannot_break_out_of_the_page(start):
    page = start(contact_name="A </script><b>Charity").get("/claims").text

    stored = json.loads(JSON_LD.search(page).group(1))
    assert {review["author"]["name"] for review in stored["@graph"]} == {"A </script><b>Charity"}
    assert "<b>Charity" not in page


def test_style_and_links_of_the_page_are_served(http, page):
    for address in re.findall(r'(?:href|src)="(/[^"]*)"', page):
        assert http.get(address).status_code == 200, address


def test_page_can_be_read_by_everybody(page):
    paragraphs = [words(one) for one in re.findall(r"<p[ >].*?</p>", page.split("<nav")[0], re.DOTALL)]
    own_words = " ".join(text for text in paragraphs if not text.startswith("Our source is"))

    assert grade(own_words, [str(word) for term in LIBRARY.terms.values() for word in term.words]) <= 8


def test_demo_page_leads_to_the_claims(http):
    assert 'href="/claims"' in http.get("/").text
