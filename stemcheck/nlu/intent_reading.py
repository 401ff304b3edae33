"""The intent, with all others ranked: what the network's head for intents says."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from stemcheck.content.examples import STATEMENTS
from stemcheck.network.network import Floats, Reading, load_network
from stemcheck.nlu.sentence_embedding import PART_READINGS, READING, TOPIC_READING, SentenceEmbedding

RANKED, RANKED_OF_PART = 10, 3  # intents that are kept; the others have next to no confidence
SHARE_OF_TOPIC, SHARE_OF_TOPIC_ELSE = 0.8, 0.3
SHORT, FEW_WORDS = 70, 4  # characters, words
# The network learned these from thousands of near twins of claims, far more than people write in a chat.
STATEMENT_SHARE = 0.1
POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|that|those|these|this|one|ones|there|he|she|who|same|such|the other|the second|the first)\b"
    r"|^(and|but|so|ok|okay|or|no|not)\b|\bback to\b",
    re.IGNORECASE,
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentReading(GraphComponent, IntentClassifier):
    """Takes the intents from the reading that SentenceEmbedding left."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The reading comes from SentenceEmbedding."""
        return [SentenceEmbedding]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentReading:
        """Return the component, which has no state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking, best first, and the ranking of each part of a message that may ask for two things."""
        for message in messages:
            reading = message.get(READING)
            if reading is not None:
                ranking = rank(weigh(message.get(TEXT), reading, message.get(TOPIC_READING)), RANKED)
                parts = [
                    {"text": text, "ranking": rank(part.intents, RANKED_OF_PART)}
                    for text, part in message.get(PART_READINGS)
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
                message.set("parts", parts, add_to_output=True)
        return messages


def weigh(text: str, reading: Reading, in_topic: Reading) -> Floats:
    """Return the intents' probabilities, read alone and with the last topic in mind, which counts where the text points back."""
    share = SHARE_OF_TOPIC if points_back(text) else SHARE_OF_TOPIC_ELSE
    return share * in_topic.intents + (1 - share) * reading.intents


def points_back(text: str) -> bool:
    """Return whether a message is short and stands for more than it says: "do they help?", "and the money?", "who?"."""
    return len(text) <= SHORT and (len(text.split()) <= FEW_WORDS or bool(POINTS_BACK.search(text)))


def rank(probabilities: Floats, most: int) -> list[dict[str, Any]]:
    """Return the likeliest intents, best first, with statements as rare as they are in a chat."""
    names = load_network().intents
    weighed = probabilities * np.array([STATEMENT_SHARE if name in STATEMENTS else 1.0 for name in names], np.float32)
    weighed /= weighed.sum()
    order = weighed.argsort()[::-1][:most]
    return [{INTENT_NAME_KEY: names[place], PREDICTED_CONFIDENCE_KEY: float(weighed[place])} for place in order]
