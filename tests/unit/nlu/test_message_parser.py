"""The pipeline's one component with the real model: what it puts out has the shape that was recorded, and the rules can rely on it."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from stemcheck.nlu.message_parser import MessageParser
from stemcheck.reading.message_reader import RANKED
from tests.parse_data import RECORDED
from tests.turns import LIBRARY

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parse(message_reader):
    """A function that parses a text as Rasa would, and returns its parse data."""
    parser = MessageParser(message_reader)

    def parse_text(text, topic=""):
        message = Message({"text": text, "metadata": {"topic": topic}})
        parser.process([message])
        return message.as_dict(only_output_properties=True)

    return parse_text


def shape(value):
    """Return the keys of a parse, and the types of what they hold."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


@pytest.mark.parametrize("name", RECORDED)
def test_parse_has_the_shape_that_was_recorded(parse, name):
    recorded = {key: value for key, value in RECORDED[name].items() if key != "metadata"}

    found = parse(recorded["text"])

    assert found.keys() == recorded.keys()
    assert shape(found["reading"]).keys() == shape(recorded["reading"]).keys()
    assert found["reading"].get("degrees", {}).keys() == recorded["reading"].get("degrees", {}).keys()
    assert found["reading"].get("labels", {}).keys() == recorded["reading"].get("labels", {}).keys()
    for key in ("claims", "entities", "intent_ranking"):
        for one in found[key][:1]:
            assert not recorded[key] or one.keys() == recorded[key][0].keys()


def test_situations_are_ranked_best_first_by_probabilities(parse):
    ranking = parse("Do mesenchymal cells help people with MS?")["reading"]["situations"]

    probabilities = [item["probability"] for item in ranking]
    assert len(ranking) == RANKED
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) <= 1.001
    assert all(item["id"] in (*LIBRARY.situations, "claim") for item in ranking)


def test_intent_is_the_group_of_the_likeliest_situation(parse):
    found = parse("How dangerous is AHSCT?")

    best = found["reading"]["situations"][0]
    assert found["intent"]["name"] == best["id"].partition("/")[0]
    assert found["response_selector"][found["intent"]["name"]]["response"]["intent_response_key"] == best["id"]


def test_claim_becomes_an_entity_with_its_mode_and_place(parse):
    text = "The clinic by the sea cures multiple sclerosis with stem cells, for good."

    found = parse(text)

    entity = next(entity for entity in found["entities"] if entity["value"] == "cure")
    assert entity["role"] in ("asserted", "reported")
    assert "cures" in text[entity["start"] : entity["end"]]


def test_denied_claim_is_no_claim(parse):
    assert not [found for found in parse("Stem cells do not cure MS.")["claims"] if found["type"] == "cure"]


def test_two_questions_are_read_as_parts(parse):
    parts = parse("What are stem cells? And how much does AHSCT cost?")["reading"]["parts"]

    assert len(parts) == 2
    assert all(part["text"] and part["situations"] for part in parts)


@pytest.mark.parametrize(
    ("text", "card"), [("I want to kill myself", "crisis"), ("I can't breathe and my chest hurts badly", "emergency")]
)
def test_plain_rule_finds_the_card_whatever_else_is_said(parse, text, card):
    degree = LIBRARY.safety[card].degree
    found = LIBRARY.safety[parse(f"{text}. And stem cells cure MS!")["safety"]]

    assert found.degree in ("now", degree)
    assert found.call == LIBRARY.safety[card].call


def test_harmless_message_has_no_card(parse):
    assert parse("I'm dying to know what a stem cell is")["safety"] == ""


def test_foreign_message_is_read_for_language_and_danger_alone(parse):
    found = parse("Ich will nicht mehr leben, ich nehme heute Abend alle Tabletten")

    assert found["reading"]["language"] == "de"
    assert found["reading"]["situations"] == found["claims"] == found["entities"] == []
    assert found["intent"] == {"name": "other_language", "confidence": 1.0}
    assert LIBRARY.safety[found["safety"]].languages["de"]


def test_message_that_points_back_is_read_in_the_topic(parse):
    alone = parse("and how risky is that?")["reading"]["situations"]
    in_topic = parse("and how risky is that?", topic=LIBRARY.situations["ahsct/how-is-it-done"].title)["reading"][
        "situations"
    ]

    assert alone != in_topic


def test_long_message_stands_for_itself(parse):
    text = (
        "I have been wondering for a long while now whether anybody knows how the money for these trials is raised. "
        * 2
    )

    alone, in_topic = parse(text), parse(text, topic="What is AHSCT?")

    assert alone["reading"]["situations"] == in_topic["reading"]["situations"]


@pytest.mark.parametrize("text", ["", None])
def test_message_without_text_is_left_alone(message_reader, text):
    message = Message({"text": text})

    MessageParser(message_reader).process([message])

    assert message.get("intent") is None


UNUSUAL = {
    "8,000 emoji": "🙂" * 8000,
    "8,000 letters": "x" * 8000,
    "marks": "\u202e\u200f",
    "brackets": "{} %s \\",
    "4,000 words": "a " * 4000,
    "dots of other scripts": "。！？",
}


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_text_is_read(parse, text):
    found = parse(text)

    assert found["intent"]["name"]
    assert found["claims"] is not None
