"""A message as the rules see it, from real parse data."""

import pytest

from stemcheck.conversation.reading import Reading, read_message
from tests.parse_data import RECORDED, claim, parse_data


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_parse_is_read_without_loss(name):
    recorded = RECORDED[name]

    reading = read_message(recorded)

    assert reading.text == recorded["text"]
    assert reading.safety == recorded["safety"]
    assert reading.region == "UK"
    assert reading.language == recorded["reading"]["language"]
    assert [found.as_dict() for found in reading.claims] == recorded["claims"]
    assert list(reading.ranking) == [(item["id"], item["probability"]) for item in recorded["reading"]["situations"]]


def test_likeliest_situation_comes_first():
    reading = read_message(parse_data("ahsct/risks", 0.6, ranking=[("ahsct/evidence", 0.2)]))

    assert (reading.situation, reading.confidence) == ("ahsct/risks", 0.6)
    assert reading.probability("ahsct/evidence") == 0.2
    assert reading.probability("ms/what-is-ms") == 0.0


def test_label_counts_from_its_bound():
    reading = read_message(parse_data(labels={"feeling": ["fear", 0.6]}))

    assert reading.label("feeling", 0.6) == "fear"
    assert reading.label("feeling", 0.61) == ""
    assert reading.label("unheard-of", 0.1) == ""


def test_asked_claims_are_not_said():
    reading = read_message(parse_data(claims=[claim(), claim("no-risk", "asked"), claim("halting", "reported")]))

    assert [found.type for found in reading.said_claims] == ["cure", "halting"]
    assert reading.without_claims().claims == ()


def test_probabilities_of_the_rest_fill_the_place_of_what_is_ruled_out():
    reading = read_message(parse_data("ahsct/risks", 0.6, ranking=[("ahsct/evidence", 0.2)]))

    assert reading.without("ahsct/risks").ranking == (("ahsct/evidence", 1.0),)


@pytest.mark.parametrize("message", [{}, {"text": None}, {"text": "hi", "reading": None}])
def test_message_that_nothing_was_read_in_is_empty_and_no_failure(message):
    assert read_message(message) == Reading(message.get("text") or "", labels={}, degrees={})
