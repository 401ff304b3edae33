"""Guidance: one statement each, with the page that was read, and when it has to be read again."""

from datetime import date

import pytest

from stemcheck.content.situation_schema import markers_of
from tests.turns import LIBRARY

each_statement = pytest.mark.parametrize("guidance", LIBRARY.guidance.values(), ids=LIBRARY.guidance)
MAX_WORDS = 60


@each_statement
def test_statement_names_the_page_it_comes_from(guidance):
    assert guidance.source.title and guidance.source.publisher
    assert guidance.source.address.scheme in ("http", "https")
    assert "." in guidance.source.address.host


@each_statement
def test_page_was_read_and_is_to_be_read_again_within_two_years(guidance):
    assert date(2026, 1, 1) <= guidance.read_on
    assert 0 < (guidance.review_by - guidance.read_on).days <= 731


@each_statement
def test_statement_is_short(guidance):
    assert len(guidance.text.split()) <= MAX_WORDS


@each_statement
def test_figure_names_its_year_where_the_page_has_one(guidance):
    if guidance.source.year:
        assert 1990 <= guidance.source.year <= 2026


def test_every_statement_is_told_to_somebody():
    told = {
        marker
        for item in LIBRARY.situations.values()
        for text in (*item.replies, item.short)
        for marker in markers_of(text)
    }

    assert [id for id in LIBRARY.guidance if f"guidance:{id}" not in told] == []
