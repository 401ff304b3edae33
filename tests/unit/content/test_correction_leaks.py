"""A text is learnt from or tested with, and learnt as one thing."""

import json

import pytest
import yaml

from stemcheck.content.correction_apply import ApplyError, apply_corrections
from tests.unit.content.corrections import HELLO, HELLO_FILE, correction, everything

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
        apply_corrections(root, [correction("training", 7, text=text.lower().rstrip("?"), situation=HELLO)])

    assert everything(root) == before


@pytest.mark.parametrize("text", ["hello there", "Stem cells cure multiple sclerosis."])
def test_a_text_that_is_learnt_from_already_is_not_kept_for_testing(root, text):
    learned = (root / HELLO_FILE).read_text() + (root / "data/claims/examples/cure.yml").read_text()
    assert f"{text}\n" in learned.replace('"', "")

    with pytest.raises(ApplyError, match="Correction 7 is kept for testing, and is learnt as"):
        apply_corrections(root, [correction("evaluation", 7, text=text.upper(), reply_kind="smalltalk", facts=[])])


def test_a_test_of_a_situation_is_not_learnt_from(root):
    text = yaml.safe_load((root / HELLO_FILE).read_text())["tests"][0]
    before = everything(root)

    with pytest.raises(ApplyError, match=rf"kept for testing already \(the tests of {HELLO}\)"):
        apply_corrections(root, [correction("training", 7, text=str(text).upper(), situation=HELLO)])

    assert everything(root) == before


def test_texts_without_a_word_are_not_taken_for_one_another(root):
    found = [
        correction("training", 1, text="👋", situation=HELLO),
        correction("evaluation", 2, text="💔", reply_kind="smalltalk"),
    ]

    apply_corrections(root, found)

    assert yaml.safe_load((root / HELLO_FILE).read_text())["messages"][-1] == "👋"
