"""The one component of the pipeline: reads a message and puts out all that policy and reviewers need."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from stemcheck.claims.spotter import load_explaining_spotter
from stemcheck.claims.subjects import SubjectMatcher
from stemcheck.content.library import load_library
from stemcheck.content.safety_rule import build_safety_rule
from stemcheck.model.foreign_alarms import load_alarms
from stemcheck.model.inference import load_model
from stemcheck.nlu.fast_action_validation import check_action_replies_quickly
from stemcheck.reading.foreign_language import load_foreign_reader
from stemcheck.reading.message_reader import SUBJECTS, MessageReader
from stemcheck.settings import load_settings

NO_INTENT = "other_language"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=False,
)
class MessageParser(GraphComponent, EntityExtractorMixin):
    """Sets the intent (the situation's group), the retrieval intent (the situation), claims as entities, the reading."""

    def __init__(self, reader: MessageReader) -> None:
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageParser:
        """Return the component, ready: the first message is as quick as the next."""
        check_action_replies_quickly()
        return cls(load_reader())

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages that have a text."""
        for message in messages:
            if message.get(TEXT):
                self._parse(message, message.get(TEXT))
        return messages

    def _parse(self, message: Message, text: str) -> None:
        parsed = self._reader.read(text, str((message.get("metadata") or {}).get("topic") or ""))
        for key, value in parsed.items():
            message.set(key, value, add_to_output=True)
        found = [(item["id"], item["probability"]) for item in parsed["reading"]["situations"]]
        situation, confidence = found[0] if found else (NO_INTENT, 1.0)
        group = situation.partition("/")[0]
        intent = {INTENT_NAME_KEY: group, PREDICTED_CONFIDENCE_KEY: confidence}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
        # as Rasa's own response selector puts a retrieval intent out
        chosen = {"response": {"intent_response_key": situation, "confidence": confidence}}
        message.set("response_selector", {group: chosen}, add_to_output=True)
        entities = [self._entity(claim) for claim in parsed["claims"]]
        message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)

    @staticmethod
    def _entity(claim: dict[str, Any]) -> dict[str, Any]:
        place = {"start": claim["start"], "end": claim["end"], "value": claim["type"], "role": claim["mode"]}
        return {"entity": "claim", **place, "confidence_entity": claim["probability"], "extractor": "MessageParser"}


def load_reader() -> MessageReader:
    """Return the reader of this process. Raises ModelMissing before the set-up, ContentError when data/ is wrong."""
    data_folder = load_settings().data_folder
    library = load_library(data_folder)
    return MessageReader(
        load_model(),
        load_explaining_spotter(),
        build_safety_rule(library.safety),
        SubjectMatcher(library.claim_subjects, library.claim_questions),
        load_foreign_reader(data_folder, library, load_alarms(library)),
        {cells: library.situations[name].title for cells, name in SUBJECTS.items() if name in library.situations},
    )
