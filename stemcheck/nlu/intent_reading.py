"""The intent, with all others ranked: what the network's head for intents says."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from stemcheck.network.network import Reading, load_network
from stemcheck.nlu.sentence_embedding import PART_READINGS, READING, SentenceEmbedding

RANKED, RANKED_OF_PART = 10, 3  # intents that are kept; the others have next to no confidence


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
                ranking = rank(reading, RANKED)
                parts = [
                    {"text": text, "ranking": rank(part, RANKED_OF_PART)} for text, part in message.get(PART_READINGS)
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
                message.set("parts", parts, add_to_output=True)
        return messages


def rank(reading: Reading, most: int) -> list[dict[str, Any]]:
    """Return the likeliest intents of a reading, best first."""
    names = load_network().intents
    order = reading.intents.argsort()[::-1][:most]
    return [{INTENT_NAME_KEY: names[place], PREDICTED_CONFIDENCE_KEY: float(reading.intents[place])} for place in order]
