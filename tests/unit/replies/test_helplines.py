"""Whom a safety card names: the visitor's country first, the local emergency number always, a default everywhere."""

import pytest

from stemcheck.replies.helplines import choose_numbers, list_numbers, region_of
from tests.turns import LIBRARY

CARDS_TO_CALL = [card.id for card in LIBRARY.safety.values() if card.call]


def numbers(card, **where):
    """Return the lines of a card."""
    found = choose_numbers(LIBRARY, LIBRARY.safety[card], **where)
    return [(line["country"], line["number"]) for line in found]


@pytest.mark.parametrize(
    ("languages", "region"),
    [
        ("en-GB,en;q=0.9", "UK"),
        ("de", ""),
        ("fr,fr-CA;q=0.8", "CA"),
        ("zh-Hant-TW", "TW"),
        ("", ""),
        ("*", ""),
        ("en-001", ""),
    ],
)
def test_region_is_read_from_the_browsers_languages(languages, region):
    assert region_of(languages) == region


def test_region_comes_before_the_operators_country():
    lines = numbers("emergency", region="AU", country="UK")

    assert lines == [("AU", "000"), ("UK", "999 or 112"), ("Elsewhere", "112")]


@pytest.mark.parametrize("card", CARDS_TO_CALL)
def test_every_card_to_call_names_the_local_emergency_number_too(card):
    for key in LIBRARY.numbers.keys() - {"default"}:
        assert (key.upper(), LIBRARY.numbers[key].emergency) in numbers(card, region=key.upper())


@pytest.mark.parametrize("card", CARDS_TO_CALL)
@pytest.mark.parametrize("region", ["", "XX", "FR", "US"])
def test_112_is_always_named(card, region):
    assert ("Elsewhere", "112") in numbers(card, region=region)


def test_where_nothing_is_known_all_that_differ_are_listed():
    countries = [country for country, _ in numbers("emergency")]

    assert countries[0] == "Elsewhere"
    assert {"US", "UK", "AU"} < set(countries)
    assert "DE" not in countries  # the same 112


def test_region_of_most_browsers_abroad_shortens_no_list():
    assert ("UK", "Samaritans 116 123") in numbers("crisis", region="US")
    assert len(numbers("crisis", country="US")) == 4


def test_card_without_anybody_to_call_has_no_number():
    calls_nobody = LIBRARY.safety["stopped-medicine"].copy(update={"call": None})

    assert choose_numbers(LIBRARY, calls_nobody, region="UK") == []


def test_other_countries_stand_in_one_line_after_112():
    lines = list_numbers(choose_numbers(LIBRARY, LIBRARY.safety["emergency"])).split("\n")

    assert lines[0] == "Elsewhere: 112"
    assert len(lines) == 2
    assert "UK 999 or 112; " in lines[1]


@pytest.mark.parametrize("entry", LIBRARY.numbers.values(), ids=LIBRARY.numbers)
def test_every_country_names_sources_that_exist(entry):
    assert entry.sources
    assert set(entry.sources) <= set(LIBRARY.sources)
