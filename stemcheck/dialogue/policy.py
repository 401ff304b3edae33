"""The Rasa policy: on a new message it makes the plan, then it predicts one action a move, then it listens."""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from stemcheck.content.library import Library, load_library
from stemcheck.conversation.reading import read_message
from stemcheck.conversation.state import read_state
from stemcheck.dialogue.acts import load_acts
from stemcheck.dialogue.context import Context, Move, load_thresholds
from stemcheck.dialogue.rules import decide
from stemcheck.settings import Settings, load_settings

PLAN, STATE = "plan", "dialogue_state"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class DialoguePolicy(Policy):
    """Hands the plan over in the slot `plan`; each of its moves is one action."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's keys of a policy."""
        return {"priority": 1}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._settings: Settings = load_settings()
        self._library: Library = load_library(self._settings.data_folder)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Return the resource as it is: the rules are code and data, and nothing is learned."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None = None, **kwargs: Any
    ) -> PolicyPrediction:
        """Predict the next action of the plan; make the plan first when a message has just come in."""
        done = actions_since_message(tracker)
        if done is None:
            return self._predict(ACTION_LISTEN_NAME, domain)
        if done == 0:
            plan = [move.as_slot() for move in self.plan(tracker)]
            return self._predict(plan[0]["action"], domain, [SlotSet(PLAN, plan)])
        plan = tracker.get_slot(PLAN) or []
        return self._predict(plan[done]["action"] if done < len(plan) else ACTION_LISTEN_NAME, domain)

    def plan(self, tracker: DialogueStateTracker) -> list[Move]:
        """Return the plan for the latest message."""
        return decide(
            Context(
                self._library,
                self._settings,
                read_message({**(tracker.latest_message.parse_data or {}), "text": tracker.latest_message.text}),
                read_state(tracker.get_slot(STATE)),
                load_acts(self._settings.data_folder),
                load_thresholds(self._settings.data_folder),
            )
        )

    def _predict(self, action: str, domain: Domain, events: list[SlotSet] | None = None) -> PolicyPrediction:
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, optional_events=events or [])


def actions_since_message(tracker: DialogueStateTracker) -> int | None:
    """Return how many actions were executed since the latest message; None when there was none."""
    done = 0
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            return done
        if isinstance(event, ActionExecuted):
            if event.action_name == ACTION_LISTEN_NAME:
                return None
            done += 1
    return None
