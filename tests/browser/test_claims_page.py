"""The public page of claims in a real browser: accessible, readable when small, quiet, and open at the claim of its address."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.servers]


@pytest.fixture
def claims_page(visit, service_url):
    """A function that opens the page, at a claim if one is named; an error in its console fails the test."""

    def load(claim="", **options):
        page = visit(**options)
        page.goto(f"{service_url}/claims{'#' * bool(claim)}{claim}")
        return page

    return load


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(claims_page, scheme):
    assert axe_violations(claims_page(color_scheme=scheme)) == []


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 320, "height": 256}], ids=["320px", "400%"])
def test_nothing_scrolls_sideways_when_space_is_scarce(claims_page, size):
    page = claims_page(viewport=size)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_address_of_a_review_opens_at_its_claim(claims_page):
    page = claims_page("no-risk")

    expect(page.get_by_role("heading", name="No risk", exact=True)).to_be_in_viewport()


def test_keyboard_reaches_the_claims_at_once(claims_page):
    page = claims_page()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the claims")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_headings_go_down_one_step_at_a_time(claims_page):
    levels = claims_page().locator("h1, h2, h3").evaluate_all("all => all.map((one) => Number(one.tagName[1]))")

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
