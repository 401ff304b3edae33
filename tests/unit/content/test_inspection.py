"""What is checked before content goes live, beyond what the loader refuses."""

import shutil

import pytest

from stemcheck.content.inspection import inspect_content
from stemcheck.content.library import DATA_DIR


@pytest.fixture
def data_dir(tmp_path):
    return shutil.copytree(DATA_DIR, tmp_path / "data")


def complaints(data_dir):
    return "\n".join(str(problem) for problem in inspect_content(data_dir))


def test_content_is_in_order():
    assert complaints(DATA_DIR) == ""


def test_fact_without_an_intent_is_found(data_dir):
    for path in (data_dir / "nlu").rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("ask_ahsct-name", "ask_ahsct_name"), "utf-8")

    assert "data/nlu/facts: ask_ahsct-name: there is no such intent. Add it" in complaints(data_dir)


def test_pattern_that_is_no_regular_expression_is_found(data_dir):
    path = data_dir / "guidance" / "silences.yml"
    path.write_text(path.read_text("utf-8").replace(r"'\b(doi|", r"'\b((doi|"), "utf-8")

    text = complaints(data_dir)

    assert "data/guidance/silences.yml: independent-evidence: the pattern" in text
    assert "is no regular expression" in text


def test_pattern_that_would_be_read_again_and_again_is_found(data_dir):
    path = data_dir / "guidance" / "safety-patterns" / "crisis.yml"
    path.write_text(
        path.read_text("utf-8").replace("patterns:\n", "patterns:\n  - '\\bwhich( \\w+)* way\\b'\n"), "utf-8"
    )

    text = complaints(data_dir)

    assert "data/guidance/safety-patterns/crisis.yml: crisis: the pattern" in text
    assert "has no end. Give it one" in text


def test_faults_of_content_and_examples_come_together(data_dir):
    (data_dir / "claims" / "cure.yml").unlink()
    (data_dir / "updates.yml").unlink()

    text = complaints(data_dir)

    assert "data/updates.yml: the file is missing" in text
    assert '"cure" is no claim type' in text
