"""Claims and safety go before everything else: what they are, and where the message is routed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.spotter import Spotter, load_explaining_spotter
from stemcheck.claims.subjects import SubjectMatcher, Subjects
from stemcheck.content.library import load_library
from stemcheck.content.safety_rule import SafetyRule, build_safety_rule
from stemcheck.nlu.action_reply_check import check_action_replies_quickly
from stemcheck.settings import load_settings

CHECK_CLAIM, SAFETY = "check_claim", "safety_"
LONGEST_FOLLOW_UP = 90  # characters
ALSO_THAT = re.compile(r"^\s*(?:and|also|plus|or)(?: also)?,? that (?!is\b|was\b|one\b|['’]s\b)", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:they|these|those|it|them|this|that)\b", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClaimSpotter(GraphComponent, EntityExtractorMixin):
    """Adds claims as entities (role = mode), and routes: a safety card first, then claims that are said to be true.

    A message that only asks keeps its intent beside the claims, since the reply weighs the one against the other.
    """

    def __init__(self, spotter: Spotter | None, safety_rule: SafetyRule, subjects: SubjectMatcher) -> None:
        self._spotter = spotter
        self._safety_rule = safety_rule
        self._subjects = subjects

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClaimSpotter:
        """Return the component; the network is there when messages are read, not yet when it is trained."""
        check_action_replies_quickly()
        library = load_library(load_settings().data_folder)
        subjects = SubjectMatcher(library.claim_subjects, library.claim_questions)
        return cls(None, build_safety_rule(library.safety), subjects)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set entities, claims, possible claims, the safety card and the intent."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        self._spotter = self._spotter or load_explaining_spotter()
        found = self._spotter.find_claims(text)
        if not any(claim.is_confirmed for claim in found) and self._goes_on(message):
            found = self._read_in_full(text, message) or found
        claims = [claim for claim in found if claim.is_confirmed]
        card = self._safety_rule.find(text)
        message.set("claims", [claim.as_dict() for claim in claims], add_to_output=True)
        message.set(
            "possible_claims", [claim.as_dict() for claim in found if not claim.is_confirmed], add_to_output=True
        )
        named = self._subjects.find(text) if len(text) <= LONGEST_FOLLOW_UP else Subjects()
        message.set("subjects", list(named.types), add_to_output=True)
        message.set("claim_question", named.question, add_to_output=True)
        message.set("safety", card.id if card else "", add_to_output=True)
        message.set(ENTITIES, message.get(ENTITIES, []) + [self._entity(claim) for claim in claims], add_to_output=True)
        if card:
            self._route(message, SAFETY + card.id)
        elif any(claim.mode != "asked" for claim in claims):
            self._route(message, CHECK_CLAIM)

    @staticmethod
    def _goes_on(message: Message) -> bool:
        """Return whether something was told before that a message may go on from."""
        return bool((message.get("metadata") or {}).get("topic"))

    def _read_in_full(self, text: str, message: Message) -> list[FoundClaim]:
        """Return the claims of a short message with what it leaves out put back, each placed over the whole message.

        "And that a charity backs them" goes on from what they say; "do they at least undo the damage?" means the cells.
        """
        in_full = ALSO_THAT.sub("They say that ", text)
        if in_full == text and (message.get(INTENT) or {}).get(INTENT_NAME_KEY) == CHECK_CLAIM:
            in_full = PRONOUN.sub("stem cells", text, count=1)
        if self._spotter is None or in_full == text or len(text) > LONGEST_FOLLOW_UP:
            return []
        found = [claim for claim in self._spotter.find_claims(in_full) if claim.is_confirmed]
        return [replace(claim, start=0, end=len(text), text=text) for claim in found]

    @staticmethod
    def _entity(claim: FoundClaim) -> dict[str, Any]:
        place = {"start": claim.start, "end": claim.end, "value": claim.type, "role": claim.mode}
        return {"entity": "claim", **place, "confidence_entity": claim.probability, "extractor": "ClaimSpotter"}

    @staticmethod
    def _route(message: Message, intent: str) -> None:
        # the ranking stays as it was: the reply and the reviewer see what else the message asks
        message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
