"""Corrections written into a copy of the content: all of them, or none."""

import json
import shutil

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

from evaluation import rows
from evaluation.evaluate import CHAT_SETS, CLAIM_SETS
from evaluation.questions import meets
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.correction_apply import ApplyError, apply_corrections
from stemcheck.content.correction_files import render_files
from stemcheck.content.library import DATA_DIR, load_library
from tests.conversations import stories

TEXT = 'They said: "we cure MS" - & it\'s 100% sure #1'


def correction(kind, number=1, **content):
    return {"id": number, "kind": kind, "content": {"text": TEXT, "claims": [], **content}}


def claim(type="cure", mode="reported"):
    return {"type": type, "mode": mode, "start": 12, "end": 22}


@pytest.fixture
def root(tmp_path):
    shutil.copytree(DATA_DIR, tmp_path / "data")
    return tmp_path


def everything(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_claim_becomes_an_example_that_the_loader_reads(root):
    changed = apply_corrections(root, [correction("training", claims=[claim(), claim("guarantee")])])

    assert changed == ["data/claims/examples/cure.yml"]
    last = yaml.safe_load((root / changed[0]).read_text())["ideas"][-1]["claims"][0]
    assert last == {"text": TEXT, "mode": "reported", "also": ["guarantee"]}


def test_a_near_twin_says_why(root):
    apply_corrections(root, [correction("twin", twin_of="cure", why="denied")])

    last = yaml.safe_load((root / "data/claims/examples/cure.yml").read_text())["ideas"][-1]["twins"][0]
    assert last == {"text": TEXT, "why": "denied"}


def test_an_example_goes_to_its_intent_and_nothing_else_changes(root):
    path = root / "data/nlu/smalltalk.yml"
    before = path.read_text().splitlines()

    changed = apply_corrections(root, [correction("training", intent="greet")])

    assert changed == ["data/nlu/smalltalk.yml"]
    after = path.read_text().splitlines()
    assert [line for line in after if line not in before] == [f"    - {TEXT}"]
    examples = {item["intent"]: item["examples"] for item in yaml.safe_load(path.read_text())["nlu"]}
    assert f"- {TEXT}\n" in examples["greet"]


def test_evaluation_rows_and_tests_are_appended_once_each(root):
    for number in (1, 2):
        text = f"{TEXT} {number}"
        turns = [{"text": "hello", "intent": "greet", "actions": ["action_make_small_talk"]}]
        turns += [{"text": text, "intent": "check_claim"}]
        test = correction("test", number, text=text, turns=turns, claims=[claim()], flagged=True)
        row = correction("evaluation", number + 10, text=text, claims=[claim()], flagged=True)
        apply_corrections(root, [test, row])

    rows = [json.loads(line) for line in (root / "evaluation/sets/reviewed-claims.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["reviewed-11", "reviewed-12"]
    assert rows[0]["claims"] == [{"type": "cure", "mode": "reported"}] and rows[0]["flagged"]
    stories = yaml.safe_load((root / "tests/conversations/test_reviewed.yml").read_text())["stories"]
    assert [story["story"] for story in stories] == ["Reviewed, number 1", "Reviewed, number 2"]
    assert stories[1]["steps"][2:] == [{"user": f"{TEXT} 2\n", "intent": "check_claim"}]


@pytest.fixture
def kept_for_testing(root):
    """The root, with a claim, a near twin and a question kept for testing, and each as a conversation test."""
    claims = {"claims": [claim()], "flagged": True}
    twin = {"text": "They do not cure MS", "twin_of": "cure", "why": "denied", "flagged": False}
    question = {"text": "Do MSCs help?", "intent": "ask_msc-effects", "reply_kind": "answer", "facts": ["msc-effects"]}
    found = []
    for number, content in enumerate((claims, twin, question)):
        found.append(correction("evaluation", number, **content))
        last = {"text": content.get("text", TEXT), "intent": content.get("intent", "check_claim")}
        turns = [{"text": "hello", "intent": "greet", "actions": ["action_make_small_talk"]}, last]
        found.append(correction("test", number + 10, **content, turns=turns))
    apply_corrections(root, found)
    return root


def test_make_evaluate_reads_and_scores_what_was_kept_for_testing(kept_for_testing, monkeypatch):
    monkeypatch.setattr(rows, "SETS", kept_for_testing / "evaluation" / "sets")
    library = load_library(DATA_DIR)

    class FindsCure:
        def find_in_all(self, texts):
            return [[FoundClaim("cure", "reported", 0.9, 0, 4, text[:4])] for text in texts]

    assert rows.present(*CLAIM_SETS) == ("reviewed-claims",)
    assert rows.present(*CHAT_SETS) == ("reviewed-questions",)
    scored = rows.compare(library, rows.read_labelled("reviewed-claims"), FindsCure())
    assert [(one.row.id, one.is_miss) for one in scored] == [("reviewed-0", False), ("reviewed-1", True)]
    (question,) = rows.read_jsonl("reviewed-questions")
    reply = {"kind": "answer", "facts": ["msc-effects"], "claims": []}
    assert meets(question["expect"], [reply]) and not meets(question["expect"], [{**reply, "kind": "smalltalk"}])


def test_conversation_tests_are_found_by_our_loader_and_by_rasas(kept_for_testing, monkeypatch):
    path = kept_for_testing / "tests" / "conversations" / "test_reviewed.yml"
    monkeypatch.setattr(stories, "FOLDER", path.parent)

    found = stories.load_stories()

    assert [story.name for story in found] == ["Reviewed, number 10", "Reviewed, number 11", "Reviewed, number 12"]
    good = {"kind": "verdict", "facts": [], "claims": [{"type": "cure", "flagged": True}], "text": ""}
    silent, fact = {**good, "claims": []}, {**good, "kind": "answer", "claims": [], "facts": ["msc-effects"]}
    last = [story.turns[-1] for story in found]
    assert [bool(stories.find_faults(turn, good)) for turn in last] == [False, True, True]
    assert [bool(stories.find_faults(turn, silent)) for turn in last] == [True, False, True]
    assert not stories.find_faults(last[2], fact)
    assert YAMLStoryReader.is_test_stories_file(path)
    steps = YAMLStoryReader(Domain.empty()).read_from_file(path)
    assert {step.block_name for step in steps} == {story.name for story in found}


@pytest.mark.parametrize(
    "wrong",
    [
        correction("training", 2, intent="no_such_intent"),
        correction("training", 2, claims=[claim("no-such-type")]),
        correction("training", 2, claims=[claim("../../etc/passwd")]),
        correction("twin", 2, twin_of="cure", why="no-such-reason"),
        correction("evaluation", 2, claims=[claim()]),  # the same text is learnt from
        correction("evaluation", 2, text=TEXT.upper() + " !", claims=[claim()]),  # in another spelling
        correction("training", 2, intent="greet"),  # as an intent and as a claim
        correction("twin", 2, twin_of="cure", why="denied"),  # as a claim and as its twin
        correction("training", 2, text="a \x1b b", intent="greet"),  # no YAML file can hold this
    ],
)
def test_when_one_is_wrong_nothing_is_written(root, wrong):
    before = everything(root)

    with pytest.raises(ApplyError):
        apply_corrections(root, [correction("training", claims=[claim()]), wrong])

    assert everything(root) == before


KEPT = [
    ("evaluation/sets/questions.jsonl", {"id": "q", "text": "Is it covered?", "expect": {"kind": "out-of-scope"}}),
    ("evaluation/sets/dialogues.jsonl", {"id": "d", "turns": [{"user": "Is it covered by anybody?"}]}),
    ("evaluation/sets/reviewed-claims.jsonl", {"id": "c", "text": "Is it covered?", "claims": [], "flagged": False}),
]


@pytest.mark.parametrize(("name", "row"), KEPT)
def test_a_text_that_was_kept_for_testing_before_is_not_learnt_from(root, name, row):
    (root / name).parent.mkdir(parents=True)
    (root / name).write_text(json.dumps(row) + "\n")
    text = row.get("text") or row["turns"][0]["user"]
    before = everything(root)

    with pytest.raises(ApplyError, match="Correction 7 is to be learnt from, and is kept for testing already"):
        apply_corrections(root, [correction("training", 7, text=text.lower().rstrip("?"), intent="greet")])

    assert everything(root) == before


@pytest.mark.parametrize("text", ["good afternoon", "Stem cells cure multiple sclerosis."])
def test_a_text_that_is_learnt_from_already_is_not_kept_for_testing(root, text):
    intents = "\n".join(path.read_text() for path in (root / "data/nlu").rglob("*.yml"))
    assert f"- {text}\n" in intents + (root / "data/claims/examples/cure.yml").read_text()

    with pytest.raises(ApplyError, match="Correction 7 is kept for testing, and is learnt as"):
        apply_corrections(root, [correction("evaluation", 7, text=text.upper(), reply_kind="smalltalk", facts=[])])


def test_a_file_that_training_could_not_read_is_put_back(root):
    before = everything(root)

    with pytest.raises(ApplyError, match=r"smalltalk\.yml could not be read any more"):
        apply_corrections(root, [correction("training", 2, text="a \x1b b", intent="greet")])

    assert everything(root) == before


def test_a_test_that_an_older_version_collected_unedited_is_neither_applied_nor_exported(root):
    old = correction("test", 4, steps=[{"user": "I am Jane Doe", "intent": "greet"}])
    before = everything(root)

    with pytest.raises(ApplyError, match="Correction 4 was collected by an older version"):
        apply_corrections(root, [old])

    assert everything(root) == before
    assert "Jane" not in str(render_files([old]))


def test_files_for_rasa_are_valid_yaml_whatever_the_text():
    files = render_files([correction("training", intent="greet", text="- a: [b\n\tc # {")])

    assert yaml.safe_load(files["nlu.yml"])["nlu"] == [{"intent": "greet", "examples": "- - a: [b c # {\n"}]
