"""Each action reads the tracker, utters the reply and keeps the memory; no server is needed."""

import asyncio
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from stemcheck.settings import ROOT

FILES = [path.stem for path in sorted((ROOT / "actions").glob("*.py")) if path.stem not in ("__init__", "reply")]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
CLAIM = {"type": "cure", "mode": "asserted", "start": 0, "end": 13, "text": "We cure MS ok"}


def load_action(file):
    name = "Action" + "".join(word.title() for word in file.split("_"))
    return getattr(import_module(f"actions.{file}"), name)()


def tracker_of(text, intent, *, memory=None, confidence=0.9, **more):
    ranking = [{"name": intent, "confidence": confidence}]
    message = {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": [], **more}
    return Tracker("c-1", {"memory": memory}, message, [], False, None, {}, "action_listen")


def run(file, tracker):
    dispatcher = CollectingDispatcher()
    events = load_action(file).run(dispatcher, tracker, DOMAIN)
    return dispatcher.messages, events


CASES = {
    "answer_message": ("What is a stem cell?", "ask_stem-cell-definition", {}, "answer"),
    "show_safety_card": ("I can't breathe", "safety_emergency", {"safety": "emergency"}, "safety"),
    "make_small_talk": ("Hello", "greet", {}, "smalltalk"),
    "hand_over": ("A person, please", "talk_to_person", {}, "handoff"),
    "protect_privacy": ("What do you store?", "ask_stored-data", {}, "privacy"),
}


@pytest.mark.parametrize("file", FILES)
def test_action_is_named_as_its_file(file):
    assert load_action(file).name() == f"action_{file}"


@pytest.mark.parametrize("file", FILES)
def test_action_stands_in_the_domain(file):
    assert f"action_{file}" in DOMAIN["actions"]


def test_every_action_of_the_domain_has_its_file():
    assert {name.removeprefix("action_") for name in DOMAIN["actions"]} == set(FILES)


def test_rasa_finds_all_actions_in_the_package():
    executor = ActionExecutor()

    executor.register_package("actions")

    assert set(DOMAIN["actions"]) <= set(executor.actions)


@pytest.mark.parametrize("file", FILES)
def test_action_utters_a_reply_of_its_kind(file):
    text, intent, more, kind = CASES[file]

    (message,), _ = run(file, tracker_of(text, intent, **more))

    assert message["custom"]["kind"] == kind
    assert message["text"] == message["custom"]["text"]


@pytest.mark.parametrize("file", FILES)
def test_action_keeps_the_memory(file):
    text, intent, more, _ = CASES[file]

    _, (event,) = run(file, tracker_of(text, intent, **more))

    assert event["event"] == "slot"
    assert event["name"] == "memory"
    assert isinstance(event["value"], dict)


def test_memory_of_the_last_turn_is_used():
    _, (event,) = run("answer_message", tracker_of("What is a stem cell?", "ask_stem-cell-definition"))

    (message,), _ = run("answer_message", tracker_of("Source?", "ask_source", memory=event["value"]))

    assert message["custom"]["facts"] == ["stem-cell-definition"]


def test_claim_is_judged_with_the_visitors_words():
    (message,), _ = run("answer_message", tracker_of("We cure MS ok", "check_claim", claims=[CLAIM]))

    (claim,) = message["custom"]["claims"]
    assert (claim["text"], claim["verdict"], claim["flagged"]) == ("We cure MS ok", "myth", True)


def test_message_that_was_not_understood_is_answered_too():
    tracker = Tracker("c-1", {}, {}, [], False, None, {}, "action_listen")

    (message,), _ = run("answer_message", tracker)

    assert message["custom"]["kind"] == "out-of-scope"


def test_memory_that_an_older_version_wrote_does_no_harm():
    (message,), _ = run("make_small_talk", tracker_of("Hello", "greet", memory={"gone": 1, "facts": ["mesems"]}))

    assert message["custom"]["kind"] == "smalltalk"


def test_action_server_answers_rasas_call():
    executor = ActionExecutor()
    executor.register_package("actions")
    tracker = tracker_of("Hello", "greet").current_state()
    call = {"next_action": "action_make_small_talk", "sender_id": "c-1", "tracker": tracker, "domain": DOMAIN}

    result = asyncio.run(executor.run(call))

    assert result["responses"][0]["custom"]["kind"] == "smalltalk"
    assert result["events"][0]["name"] == "memory"


@pytest.mark.parametrize("file", FILES)
def test_action_is_a_door_and_no_room(file):
    code = (ROOT / "actions" / f"{file}.py").read_text("utf-8")

    assert len(code.splitlines()) < 30
    assert issubclass(type(load_action(file)), Action)
    assert Path(ROOT / "actions" / f"{file}.py").is_file()
