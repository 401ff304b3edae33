"""What is remembered: it survives its slot, forgets nothing by accident, and words are used in turn."""

import json

import pytest

from stemcheck.conversation.state import DialogueState, WordingPicker, read_state
from tests.parse_data import claim
from tests.turns import LIBRARY, say


@pytest.mark.parametrize(
    "turn",
    [
        say("ahsct/risks"),
        say("claim", claims=[claim(), claim("no-risk", start=40)]),
        say("clinics/start-clinic-check"),
        say("ahsct/risks", safety="crisis"),
    ],
    ids=["answer", "verdict", "check", "card"],
)
def test_state_survives_its_slot_as_json(turn):
    stored = json.loads(json.dumps(turn.state.as_slot()))

    assert read_state(stored) == turn.state


@pytest.mark.parametrize("slot", [None, {}, {"gone": 1}, {"situations": None, "said": None}])
def test_empty_or_older_slot_is_an_empty_state(slot):
    assert read_state(slot) == DialogueState()


def test_wordings_come_in_turn():
    picker, wordings = WordingPicker(LIBRARY, DialogueState()), ("a", "b")

    assert [picker.pick("x", wordings) for _ in range(3)] == ["a", "b", "a"]
    assert picker.remember(DialogueState()).used == {"x": 3}


def test_picker_goes_on_where_the_last_turn_ended():
    state = DialogueState(used={"x": 1})

    assert WordingPicker(LIBRARY, state).pick("x", ("a", "b")) == "b"
    assert state.used == {"x": 1}


def test_placeholders_are_filled():
    said = WordingPicker(LIBRARY, DialogueState()).say("overdue", review_due="2027-05-20")

    assert "2027-05-20" in said and "{" not in said
