"""Corrections written into a copy of the content: all of them, or none."""

import json

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

from evaluation import rows
from evaluation.evaluate import CHAT_SETS, CLAIM_SETS
from evaluation.questions import meets
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.correction_apply import ApplyError, add_messages, apply_corrections
from stemcheck.content.correction_files import render_files
from stemcheck.content.library import DATA_DIR
from stemcheck.content.situations import situation_files
from tests.conversations import stories
from tests.conversations.expectations import find_faults
from tests.library import LIBRARY
from tests.unit.content.corrections import HELLO, HELLO_FILE, TEXT, claim, correction, everything

pytestmark = pytest.mark.slow


def test_a_claim_becomes_an_example_that_the_loader_reads(root):
    changed = apply_corrections(root, [correction("training", claims=[claim(), claim("guarantee")])])

    assert changed == ["data/claims/examples/cure.yml"]
    last = yaml.safe_load((root / changed[0]).read_text())["ideas"][-1]["claims"][0]
    assert last == {"text": TEXT, "mode": "reported", "also": ["guarantee"]}


def test_a_near_twin_says_why(root):
    apply_corrections(root, [correction("twin", twin_of="cure", why="denied")])

    last = yaml.safe_load((root / "data/claims/examples/cure.yml").read_text())["ideas"][-1]["twins"][0]
    assert last == {"text": TEXT, "why": "denied"}


def test_a_message_goes_to_its_situation_and_nothing_else_changes(root):
    path = root / HELLO_FILE
    path.write_text(
        path.read_text().replace("\nmessages:\n", "\nmessages: # what people say\n# the short ones first\n")
    )
    before = path.read_text().splitlines()
    known = yaml.safe_load(path.read_text())["messages"]

    changed = apply_corrections(
        root, [correction("training", situation=HELLO), correction("training", 2, situation=HELLO)]
    )

    assert changed == [HELLO_FILE]
    after = path.read_text().splitlines()
    assert len(after) == len(before) + 1 and [line for line in after if line in before] == before
    assert yaml.safe_load(path.read_text())["messages"] == [*known, TEXT]
    assert "# what people say" in path.read_text() and "# the short ones first" in path.read_text()


def test_a_message_that_a_situation_has_already_is_not_written_twice(root):
    first = yaml.safe_load((root / HELLO_FILE).read_text())["messages"][0]
    text = first if isinstance(first, str) else first["text"]
    before = everything(root)

    apply_corrections(root, [correction("training", situation=HELLO, text=text)])

    assert everything(root) == before


def test_every_situation_can_take_a_message():
    for path in situation_files(DATA_DIR):
        text = path.read_text()
        more = yaml.load(add_messages(text, path.stem, [TEXT]), yaml.CSafeLoader)
        before = yaml.load(text, yaml.CSafeLoader)
        assert more == {**before, "messages": [*before["messages"], TEXT]}, path


def test_an_intent_of_an_older_version_is_not_applied(root):
    before = everything(root)

    with pytest.raises(ApplyError, match="Correction 4 was collected by an older version and names an intent"):
        apply_corrections(root, [correction("training", 4, intent="greet")])

    assert everything(root) == before


def test_evaluation_rows_and_tests_are_appended_once_each(root):
    for number in (1, 2):
        text = f"{TEXT} {number}"
        turns = [{"text": "hello", "intent": HELLO, "actions": ["action_answer"]}]
        turns += [{"text": text, "intent": "claim"}]
        test = correction("test", number, text=text, turns=turns, claims=[claim()], flagged=True)
        row = correction("evaluation", number + 10, text=text, claims=[claim()], flagged=True)
        apply_corrections(root, [test, row])

    rows = [json.loads(line) for line in (root / "evaluation/sets/reviewed-claims.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["reviewed-11", "reviewed-12"]
    assert rows[0]["claims"] == [{"type": "cure", "mode": "reported"}] and rows[0]["flagged"]
    stories = yaml.safe_load((root / "tests/conversations/test_reviewed.yml").read_text())["stories"]
    assert [story["story"] for story in stories] == ["Reviewed, number 1", "Reviewed, number 2"]
    assert stories[1]["steps"][2:] == [{"user": f"{TEXT} 2\n", "intent": "claim"}]


@pytest.fixture
def kept_for_testing(root):
    """The root, with a claim, a near twin and a question kept for testing, and each as a conversation test."""
    claims = {"claims": [claim()], "flagged": True}
    twin = {"text": "They do not cure MS", "twin_of": "cure", "why": "denied", "flagged": False}
    question = {"text": "Do MSCs help?", "situation": "msc/results", "reply_kind": "answer", "facts": ["msc-effects"]}
    found = []
    for number, content in enumerate((claims, twin, question)):
        found.append(correction("evaluation", number, **content))
        last = {"text": content.get("text", TEXT), "intent": content.get("situation", "claim")}
        turns = [{"text": "hello", "intent": HELLO, "actions": ["action_answer"]}, last]
        found.append(correction("test", number + 10, **content, turns=turns))
    apply_corrections(root, found)
    return root


def test_make_evaluate_reads_and_scores_what_was_kept_for_testing(kept_for_testing, monkeypatch):
    monkeypatch.setattr(rows, "SETS", kept_for_testing / "evaluation" / "sets")
    library = LIBRARY

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
    cure = {"type": "cure", "flagged": True, "verdict": "myth"}
    good = {"kind": "verdict", "facts": [], "guidance": [], "updates": [], "claims": [cure], "text": ""}
    silent, fact = {**good, "claims": []}, {**good, "kind": "answer", "claims": [], "facts": ["msc-effects"]}
    last = [story.turns[-1] for story in found]
    assert [bool(find_faults(turn.expected, [good])) for turn in last] == [False, True, True]
    assert [bool(find_faults(turn.expected, [silent])) for turn in last] == [True, False, True]
    assert not find_faults(last[2].expected, [fact])
    carded = {**fact, "card": {"id": "emergency"}, "progress": {"step": 2}}
    assert not find_faults(
        found[0].turns[0].expected, [carded, fact]
    )  # of an earlier turn, nothing was said to be wrong
    assert YAMLStoryReader.is_test_stories_file(path)
    steps = YAMLStoryReader(Domain.empty()).read_from_file(path)
    assert {step.block_name for step in steps} == {story.name for story in found}


@pytest.mark.parametrize(
    "wrong",
    [
        correction("training", 2, situation="small-talk/no-such-thing"),
        correction("training", 2, situation="../../etc/passwd"),
        correction("training", 2, claims=[claim("no-such-type")]),
        correction("training", 2, claims=[claim("../../etc/passwd")]),
        correction("twin", 2, twin_of="cure", why="no-such-reason"),
        correction("evaluation", 2, claims=[claim()]),  # the same text is learnt from
        correction("evaluation", 2, text=TEXT.upper() + " !", claims=[claim()]),  # in another spelling
        correction("training", 2, situation=HELLO),  # as a situation and as a claim
        correction("twin", 2, twin_of="cure", why="denied"),  # as a claim and as its twin
        correction("training", 2, text=" ", situation=HELLO),  # no message
    ],
)
def test_when_one_is_wrong_nothing_is_written(root, wrong):
    before = everything(root)

    with pytest.raises(ApplyError):
        apply_corrections(root, [correction("training", claims=[claim()]), wrong])

    assert everything(root) == before


@pytest.mark.parametrize("text", ["a \x1b b", "- a: [b # {", "*x &y !z", "null", "2026-11-30", "'", '"'])
def test_signs_that_mean_something_in_yaml_are_learnt_as_they_are(root, text):
    apply_corrections(root, [correction("training", 2, text=text, situation=HELLO)])

    assert yaml.safe_load((root / HELLO_FILE).read_text())["messages"][-1] == text


def test_a_file_that_training_could_not_read_is_put_back(root):
    path = root / "tests/conversations/test_reviewed.yml"
    path.parent.mkdir(parents=True)
    path.write_text("stories:\n- story: [half of a list\n")
    before = everything(root)

    with pytest.raises(ApplyError, match=r"test_reviewed\.yml could not be read any more"):
        apply_corrections(root, [correction("test", 2, turns=[{"text": TEXT, "intent": "claim"}], claims=[claim()])])

    assert everything(root) == before


def test_a_test_that_an_older_version_collected_unedited_is_neither_applied_nor_exported(root):
    old = correction("test", 4, steps=[{"user": "I am Jane Doe", "intent": HELLO}])
    before = everything(root)

    with pytest.raises(ApplyError, match="Correction 4 was collected by an older version"):
        apply_corrections(root, [old])

    assert everything(root) == before
    assert "Jane" not in str(render_files([old]))


def test_files_for_rasa_are_valid_yaml_whatever_the_text():
    files = render_files([correction("training", situation=HELLO, text="- a: [b\n\tc # {")])

    assert yaml.safe_load(files["nlu.yml"])["nlu"] == [{"intent": HELLO, "examples": "- - a: [b c # {\n"}]
