"""Guidance: one statement each, with the page that was read, and when it has to be read again."""

from datetime import date

from stemcheck.content.situation_schema import markers_of
from tests.turns import LIBRARY

MAX_WORDS = 60
MAX_DAYS_UNTIL_REVIEW = 731


def those_where(is_wrong):
    """Return the ids of the statements of which this is true; one test reads them all."""
    return [name for name, item in LIBRARY.guidance.items() if is_wrong(item)]


def test_statement_names_the_page_it_comes_from():
    def is_wrong(item):
        page = item.source
        is_address = page.address.scheme in ("http", "https") and "." in page.address.host
        return not (page.title and page.publisher and is_address)

    assert those_where(is_wrong) == []


def test_page_was_read_and_is_to_be_read_again_within_two_years():
    def is_wrong(item):
        in_time = 0 < (item.review_by - item.read_on).days <= MAX_DAYS_UNTIL_REVIEW
        return item.read_on < date(2026, 1, 1) or not in_time

    assert those_where(is_wrong) == []


def test_statement_is_short():
    assert those_where(lambda item: len(item.text.split()) > MAX_WORDS) == []


def test_figure_names_its_year_where_the_page_has_one():
    assert those_where(lambda item: item.source.year and not 1990 <= item.source.year <= 2026) == []


def test_every_statement_is_told_to_somebody():
    told = {
        marker
        for item in LIBRARY.situations.values()
        for text in (*item.replies, item.short)
        for marker in markers_of(text)
    }
    told |= {f"guidance:{id}" for flag in LIBRARY.red_flags.values() for id in flag.guidance}

    assert [id for id in LIBRARY.guidance if f"guidance:{id}" not in told] == []
