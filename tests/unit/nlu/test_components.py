"""The pipeline's own components, with the real trained network."""

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

from stemcheck.content.library import load_library
from stemcheck.nlu.claim_spotter import ClaimSpotter
from stemcheck.nlu.intent_reading import RANKED, IntentReading
from stemcheck.nlu.sentence_embedding import SentenceEmbedding

pytestmark = pytest.mark.model

LIBRARY = load_library()


@pytest.fixture(scope="module")
def components():
    """The components in the order of config.yml."""
    context = ExecutionContext(GraphSchema({}), node_name="node")
    resource = Resource("node")
    tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
    embedding = SentenceEmbedding.load(SentenceEmbedding.get_default_config(), None, resource, context)
    return [
        tokenizer,
        embedding,
        IntentReading.create({}, None, resource, context),
        ClaimSpotter.create({}, None, resource, context),
    ]


@pytest.fixture(scope="module")
def read(components):
    """A function that reads texts as Rasa would."""

    def read_texts(*texts, topic=""):
        messages = [Message({"text": text, "metadata": {"topic": topic}}) for text in texts]
        for component in components:
            component.process(messages)
        return messages

    return read_texts


def test_sentence_gets_a_vector_and_each_word_the_same(read):
    (message,) = read("What is a stem cell?")

    _, sentence = message.get_dense_features("text", [])
    words, _ = message.get_dense_features("text", [])
    assert sentence.features.shape == (1, 384)
    assert words.features.shape == (5, 384)
    assert np.isclose(np.linalg.norm(sentence.features), 1, atol=1e-3)


def test_texts_read_together_are_read_as_if_alone(read):
    texts = ["What is a stem cell?", "We cure MS for good.", "Hi"]

    together = [message.get("intent") for message in read(*texts)]
    alone = [read(text)[0].get("intent") for text in texts]

    assert [intent["name"] for intent in together] == [intent["name"] for intent in alone]


def test_question_gets_the_intent_of_its_fact(read):
    (message,) = read("What is a stem cell?")

    assert message.get("intent")["name"] == "ask_stem-cell-definition"


def test_intents_are_ranked_best_first(read):
    (message,) = read("Do mesenchymal cells help people with MS?")

    ranking = message.get("intent_ranking")
    confidences = [item["confidence"] for item in ranking]
    assert len(ranking) == RANKED
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1.001


def test_claim_becomes_an_entity_with_its_mode_and_place(read):
    text = "The clinic by the sea cures multiple sclerosis with stem cells, for good."

    (message,) = read(text)

    entity = next(entity for entity in message.get("entities") if entity["value"] == "cure")
    assert entity["role"] in ("asserted", "reported")
    assert "cures" in text[entity["start"] : entity["end"]]


def test_claim_that_is_said_routes_the_message(read):
    (message,) = read("Our stem cells cure MS for good.")

    assert message.get("intent") == {"name": "check_claim", "confidence": 1.0}
    assert message.get("intent_ranking")[0]["name"]


def test_denied_claim_is_no_claim(read):
    (message,) = read("Stem cells do not cure MS.")

    assert not [claim for claim in message.get("claims") if claim["type"] == "cure"]


def test_clause_that_goes_on_from_a_verdict_is_read_as_reported(read):
    text = "and that I can stop my tablets"

    (message,) = read(text, topic="What the guidelines are for")

    (found,) = message.get("claims")
    assert (found["type"], found["mode"], found["text"]) == ("stop-medication", "reported", text)


def test_clause_without_anything_before_it_is_read_as_it_stands(read):
    assert not read("and that I can stop my tablets")[0].get("claims")


def test_question_that_goes_on_keeps_its_meaning(read):
    assert not read("and that is from fat?", topic="Where MSCs are")[0].get("claims")


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("I want to kill myself", "crisis"),
        ("I can't breathe and my chest hurts badly", "emergency"),
    ],
)
def test_safety_goes_before_everything(read, text, card):
    (message,) = read(f"{text}. And stem cells cure MS!")

    assert message.get("safety") == card
    assert message.get("intent")["name"] == f"safety_{card}"


def test_harmless_message_has_no_card(read):
    assert read("I'm dying to know what a stem cell is")[0].get("safety") == ""


@pytest.mark.parametrize("text", ["", None])
def test_message_without_text_is_left_alone(components, text):
    message = Message({"text": text})

    for component in components[1:]:
        component.process([message])

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
def test_unusual_text_is_read(read, text):
    (message,) = read(text)

    assert message.get("intent")["name"]
    assert message.get("claims") is not None


def test_what_is_set_travels_in_rasas_output(read):
    (message,) = read("Our stem cells cure MS for good.")

    assert {"claims", "possible_claims", "safety", "intent", "intent_ranking", "entities"} <= message.output_properties
