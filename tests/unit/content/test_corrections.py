"""Corrections written into a copy of the content: all of them, or none."""

import json
import shutil

import pytest
import yaml

from stemcheck.content.correction_apply import ApplyError, apply_corrections
from stemcheck.content.correction_files import render_files
from stemcheck.content.library import DATA_DIR

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
    turns = [{"text": TEXT, "intent": "check_claim", "actions": ["action_answer_message"]}]
    for number in (1, 2):
        apply_corrections(
            root,
            [
                correction("test", number, turns=turns),
                correction("evaluation", number + 10, claims=[claim()], flagged=True),
            ],
        )

    rows = [json.loads(line) for line in (root / "evaluation/sets/reviewed-claims.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["reviewed-11", "reviewed-12"]
    assert rows[0]["claims"] == [{"type": "cure", "mode": "reported"}] and rows[0]["flagged"]
    stories = yaml.safe_load((root / "tests/conversations/reviewed.yml").read_text())["stories"]
    assert [story["story"] for story in stories] == ["Reviewed, number 1", "Reviewed, number 2"]
    assert stories[1]["steps"][0] == {"user": f"{TEXT}\n", "intent": "check_claim"}


@pytest.mark.parametrize(
    "wrong",
    [
        correction("training", 2, intent="no_such_intent"),
        correction("training", 2, claims=[claim("no-such-type")]),
        correction("training", 2, claims=[claim("../../etc/passwd")]),
        correction("twin", 2, twin_of="cure", why="no-such-reason"),
        correction("evaluation", 2, claims=[claim()]),  # the same text is learnt from
    ],
)
def test_when_one_is_wrong_nothing_is_written(root, wrong):
    before = everything(root)

    with pytest.raises(ApplyError):
        apply_corrections(root, [correction("training", claims=[claim()]), wrong])

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
