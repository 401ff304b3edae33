"""Reads the message once with the tuned sentence model; trains that model when the examples changed."""

from __future__ import annotations

import logging
import time
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stemcheck.claims.whole_text_training import is_whole_text_trained, train_whole_text
from stemcheck.content.library import load_library
from stemcheck.network.network import Reading, load_network
from stemcheck.network.topic import with_topic
from stemcheck.network.training import fingerprint, is_trained, train_network
from stemcheck.nlu.message_parts import POINTS_BACK, split_parts
from stemcheck.nlu.topic_of_conversation import title_of_intent
from stemcheck.settings import load_settings

logger = logging.getLogger(__name__)

# where the components after this one find what the network said of the message: by itself, with the last answer's topic
# in mind, and of each of its parts
READING, TOPIC_READING, PART_READINGS = "network_reading", "topic_reading", "part_readings"
READ_WITH = "reading"  # what is stored with a turn: the model, and how long it took


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEmbedding(DenseFeaturizer, GraphComponent):
    """Adds the text's vector as a dense feature [1, 384] and keeps the whole reading for the components after it."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa wants features of the tokens beside those of the sentence."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's defaults for dense features; there are no keys of our own."""
        return dict(DenseFeaturizer.get_default_config())

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any config: Rasa demands this method of a dense featurizer."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return what the network is made from, so that Rasa trains again when a claim's example changes."""
        return fingerprint(load_settings().data_folder)

    def __init__(self, config: dict[str, Any], name: str, resource: Resource) -> None:
        super().__init__(name, config)
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbedding:
        """Return the component."""
        return cls(config, execution_context.node_name, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEmbedding:
        """Return the component with the network loaded, so that the first message is as quick as the next."""
        load_network()
        return cls(config, execution_context.node_name, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train the network unless it was trained from the same data already."""
        if not is_trained(load_settings().data_folder):
            train_network(load_library(load_settings().data_folder), _log_progress)
            load_network.cache_clear()
        if not is_whole_text_trained(load_settings().data_folder):
            train_whole_text(load_library(load_settings().data_folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages that have a text."""
        with_text = [message for message in messages if message.get(TEXT)]
        texts = [[_in_topic(message), message.get(TEXT), *split_parts(message.get(TEXT))] for message in with_text]
        began = time.perf_counter()
        readings = iter(load_network().read([text for found in texts for text in found]) if texts else [])
        milliseconds = round((time.perf_counter() - began) * 1000 / max(1, len(with_text)), 1)
        for message, found in zip(with_text, texts, strict=True):
            in_topic, reading = next(readings), next(readings)
            sentence = reading.vector.reshape(1, -1)
            tokens = max(1, len(message.get("text_tokens") or []))
            self.add_features_to_message(np.repeat(sentence, tokens, axis=0), sentence, TEXT, message)
            message.set(READING, reading)
            read_with = {"model": load_network().trained_from[:12], "milliseconds": milliseconds}
            message.set(READ_WITH, read_with, add_to_output=True)
            message.set(TOPIC_READING, in_topic)
            message.set(PART_READINGS, read_in_turn([(part, next(readings)) for part in found[2:]]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the data as they are: what learns from them is the network itself."""
        return training_data


def _in_topic(message: Message) -> str:
    """Return the message with the topic that the channel put into its metadata; without one, the message as it is."""
    topic = (message.get("metadata") or {}).get("topic")
    return with_topic(topic, message.get(TEXT)) if topic else str(message.get(TEXT))


def read_in_turn(parts: list[tuple[str, Reading]]) -> list[tuple[str, Reading]]:
    """Return the parts of a message, each that points back read in the topic of the one before: "… and what are they for?"."""
    read = parts[:1]
    for part, reading in parts[1:]:
        topic = title_of_intent(load_network().intents[int(read[-1][1].intents.argmax())])
        points = topic and POINTS_BACK.search(part)
        read.append((part, load_network().read([with_topic(topic, part)])[0] if points else reading))
    return read


def _log_progress(done: int, steps: int, loss: float) -> None:
    if done % max(1, steps // 20) == 0:
        logger.info("Training the network: %d %% (loss %.2f)", 100 * done // steps, loss)
