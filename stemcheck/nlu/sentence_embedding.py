"""Dense features: the sentence vector of the message."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stemcheck.encoder.sentence_encoder import SentenceEncoder, load_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedding(DenseFeaturizer, GraphComponent):
    """Adds the text's vector, times `scale`, as sentence feature [1, 384]; tokens get the same vector.

    `scale` sets the vector's weight beside the counts of characters, which a linear classifier sees as they are.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa wants token features beside those of the sentence."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of the keys in config.yml."""
        return {**DenseFeaturizer.get_default_config(), "scale": 4.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raise InvalidConfigException when `scale` is no positive number."""
        if not isinstance(config.get("scale"), int | float) or config["scale"] <= 0:
            raise InvalidConfigException(f"config.yml: SentenceEmbedding: scale must be a positive number, not {config.get('scale')!r}.")

    def __init__(self, config: dict[str, Any], name: str, encoder: SentenceEncoder) -> None:
        super().__init__(name, config)
        self._scale = float(config["scale"])
        self._encoder = encoder

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEmbedding:
        """Return the component with this process's one encoder."""
        return cls(config, execution_context.node_name, load_encoder())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features to the messages that have a text."""
        texts = [(message, message.get(TEXT)) for message in messages if message.get(TEXT)]
        if texts:
            vectors = self._encoder.vectors([text for _, text in texts]) * self._scale
            for (message, _), vector in zip(texts, vectors, strict=True):
                sentence = vector.reshape(1, -1)
                tokens = max(1, len(message.get("text_tokens") or []))
                self.add_features_to_message(np.repeat(sentence, tokens, axis=0), sentence, TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to every training example."""
        self.process(training_data.training_examples)
        return training_data
