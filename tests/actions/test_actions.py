"""Each action takes its move of the plan, utters the reply and keeps the state; no server is needed."""

import asyncio
from importlib import import_module

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from stemcheck.settings import ROOT
from tests.parse_data import claim, parse_data
from tests.turns import context, decide

FILES = [
    path.stem for path in sorted((ROOT / "actions").glob("*.py")) if path.stem not in ("__init__", "planned_action")
]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
OFFER = "Our clinic treats MS with stem cell infusions. " + "We welcome you by the sea. " * 12
JUDGED = {"kind": "verdict", "judged": [{"type": "cure", "mode": "asserted", "text": "it cures", "start": 0, "end": 8}]}

# file: (situation, arguments of the message, what is remembered, kind of the reply)
CASES = {
    "answer": ("ahsct/risks", {}, {}, "out-of-scope"),
    "ask_back": ("ahsct/risks", {"confidence": 0.05}, {}, "out-of-scope"),
    "clinic_check": ("clinics/start-clinic-check", {}, {}, "clinic-check"),
    "follow_claims": ("ahsct/risks", {"text": "the worst?", "claim_question": "worst"}, JUDGED, "verdict"),
    "hand_over": ("person-and-privacy/talk-to-person", {}, {}, "handoff"),
    "judge_claims": ("claim", {"text": "Our stem cells cure MS", "claims": [claim()]}, {}, "verdict"),
    "name_language": ("", {"language": "de"}, {}, "smalltalk"),
    "protect_privacy": ("person-and-privacy/delete-chat", {}, {}, "privacy"),
    "report_text": ("claim", {"text": OFFER, "is_pasted": True, "claims": [claim()]}, {}, "verdict"),
    "show_safety_card": ("ahsct/risks", {"text": "I can't breathe", "safety": "emergency"}, {}, "safety"),
}


def load_action(file):
    """Return the action of a file."""
    name = "Action" + "".join(word.title() for word in file.split("_"))
    return getattr(import_module(f"actions.{file}"), name)()


def tracker_of(file):
    """Return the tracker that Rasa hands to the action of a file, with the plan that the policy makes."""
    situation, more, remembered, _ = CASES[file]
    from stemcheck.conversation.state import read_state

    plan = [move.as_slot() for move in decide(context(situation, state=read_state(remembered), **more))]
    slots = {"plan": plan, "dialogue_state": remembered}
    return Tracker("c-1", slots, parse_data(situation, **more), [], False, None, {}, "action_listen")


def run(file, tracker):
    """Return what the action utters and which slots it sets."""
    dispatcher = CollectingDispatcher()
    events = load_action(file).run(dispatcher, tracker, DOMAIN)
    return dispatcher.messages, {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize("file", FILES)
def test_action_is_named_as_its_file_and_stands_in_the_domain(file):
    assert load_action(file).name() == f"action_{file}"
    assert f"action_{file}" in DOMAIN["actions"]


def test_every_action_of_the_domain_has_its_file_and_its_case():
    assert {name.removeprefix("action_") for name in DOMAIN["actions"]} == set(FILES) == set(CASES)


def test_rasa_finds_all_actions_in_the_package():
    executor = ActionExecutor()

    executor.register_package("actions")

    assert set(DOMAIN["actions"]) <= set(executor.actions)


@pytest.mark.parametrize("file", FILES)
def test_action_utters_a_reply_of_its_kind(file):
    (message,), _ = run(file, tracker_of(file))

    assert message["custom"]["kind"] == CASES[file][3]
    assert message["text"] == message["custom"]["text"]
    lists = ("facts", "claims", "updates", "sources", "citations", "suggestions", "guidance")
    assert all(isinstance(message["custom"][name], list) for name in lists)


@pytest.mark.parametrize("file", FILES)
def test_action_keeps_the_state_and_marks_its_move_as_done(file):
    tracker = tracker_of(file)

    _, slots = run(file, tracker)

    assert slots.keys() == {"plan", "dialogue_state"}
    assert slots["dialogue_state"]["said"]
    assert slots["plan"][0]["done"] is True
    assert [move["action"] for move in slots["plan"]] == [move["action"] for move in tracker.get_slot("plan")]


def test_second_move_of_the_same_action_is_made_once_more():
    tracker = tracker_of("answer")
    (first,) = tracker.get_slot("plan")
    other = {**first, "args": {**first["args"], "situations": ["ahsct/what-is-ahsct"]}}
    tracker.slots["plan"] = [first, other]

    _, slots = run("answer", tracker)
    tracker.slots.update(slots)
    _, slots = run("answer", tracker)

    assert slots["dialogue_state"]["situations"] == ("ahsct/what-is-ahsct",)
    assert [move.get("done") for move in slots["plan"]] == [True, True]


@pytest.mark.parametrize(
    "plan", [None, [], [{"action": "action_ask_back", "rule": "unclear", "args": {"situations": []}}]]
)
def test_action_that_nobody_planned_says_so(plan):
    tracker = tracker_of("answer")
    tracker.slots["plan"] = plan

    with pytest.raises(LookupError, match="action_answer: the plan holds no such move"):
        run("answer", tracker)


def test_state_that_an_older_version_wrote_does_no_harm():
    tracker = tracker_of("answer")
    tracker.slots["dialogue_state"] = {"gone": 1, "facts": ["mesems"]}

    (message,), _ = run("answer", tracker)

    assert message["custom"]["kind"] == "out-of-scope"


def test_action_server_answers_rasas_call():
    executor = ActionExecutor()
    executor.register_package("actions")
    tracker = tracker_of("judge_claims").current_state()
    call = {"next_action": "action_judge_claims", "sender_id": "c-1", "tracker": tracker, "domain": DOMAIN}

    result = asyncio.run(executor.run(call))

    (claimed,) = result["responses"][0]["custom"]["claims"]
    assert (claimed["text"], claimed["verdict"], claimed["flagged"]) == ("Our stem cells cure MS", "myth", True)
    assert {event["name"] for event in result["events"]} == {"dialogue_state", "plan"}


@pytest.mark.parametrize("file", FILES)
def test_action_is_a_door_and_no_room(file):
    assert len((ROOT / "actions" / f"{file}.py").read_text("utf-8").splitlines()) < 30
