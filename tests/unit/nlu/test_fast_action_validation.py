"""The quick check of an action's reply accepts and rejects what Rasa's own does."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from stemcheck.nlu.fast_action_validation import check_action_replies_quickly

RASAS_OWN = RemoteAction._validate_action_result

REPLIES = {
    "nothing": {},
    "no events": {"events": [], "responses": []},
    "a response": {"events": [], "responses": [{"text": "Hello", "custom": {"kind": "answer"}}]},
    "a slot": {"events": [{"event": "slot", "name": "dialogue_state", "value": {"kind": "answer"}}], "responses": []},
    "a slot without a value": {"events": [{"event": "slot", "name": "dialogue_state"}]},
    "a slot without a name": {"events": [{"event": "slot", "value": 1}]},
    "a followup": {"events": [{"event": "followup", "name": "action_listen"}]},
    "an unknown event": {"events": [{"event": "nonsense"}]},
    "an event without its kind": {"events": [{"name": "dialogue_state"}]},
    "events are null": {"events": None},
    "events are a text": {"events": "slot"},
    "responses are a text": {"responses": "Hello"},
    "a response is a text": {"responses": ["Hello"]},
    "more keys": {"events": [], "more": 1},
    "a list": [],
    "null": None,
    "a text": "Hello",
}


@pytest.fixture
def quick():
    check_action_replies_quickly()
    yield RemoteAction._validate_action_result
    RemoteAction._validate_action_result = RASAS_OWN


def accepts(check, reply):
    try:
        return check(RemoteAction("action_answer", None), reply)
    except ValidationError:
        return False


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_reply_is_judged_as_by_rasa(quick, reply):
    assert accepts(quick, reply) == accepts(RASAS_OWN, reply)


def test_both_verdicts_are_among_these_replies():
    verdicts = {accepts(RASAS_OWN, reply) for reply in REPLIES.values()}

    assert verdicts == {True, False}


def test_error_names_the_action(quick):
    with pytest.raises(ValidationError, match="action_answer"):
        quick(RemoteAction("action_answer", None), {"events": "slot"})


def test_calling_it_twice_changes_nothing(quick):
    check_action_replies_quickly()

    assert RemoteAction._validate_action_result is quick
