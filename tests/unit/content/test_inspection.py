"""What is checked before content goes live, beyond what the loader refuses."""

import shutil

import pytest
import yaml

from stemcheck.content.inspection import inspect_content
from stemcheck.content.library import DATA_DIR

pytestmark = pytest.mark.slow


@pytest.fixture
def data_dir(tmp_path):
    return shutil.copytree(DATA_DIR, tmp_path / "data")


def complaints(data_dir):
    return "\n".join(str(problem) for problem in inspect_content(data_dir))


def test_content_is_in_order():
    assert complaints(DATA_DIR) == ""


def test_fact_that_no_situation_states_is_found(data_dir):
    for path in (data_dir / "situations").glob("*/*.yml"):
        path.write_text(path.read_text("utf-8").replace("[ahsct-name]", ""), "utf-8")

    assert "data/facts/ahsct.yml: ahsct-name: no situation's reply states this fact" in complaints(data_dir)


def test_claim_words_that_are_not_in_their_passage_are_found(data_dir):
    path = next((data_dir / "training" / "passages").glob("*.yml"))
    stored = yaml.safe_load(path.read_text("utf-8"))
    claimed = next(passage for passage in stored["passages"] if passage.get("claims"))
    claimed["claims"][0]["words"] = "words of another page"
    path.write_text(yaml.safe_dump(stored, allow_unicode=True), "utf-8")

    assert "the words 'words of another page' are not in the text. Copy them exactly" in complaints(data_dir)


def test_pattern_that_is_no_regular_expression_is_found(data_dir):
    path = data_dir / "guidance" / "silences.yml"
    path.write_text(path.read_text("utf-8").replace(r"'\b(doi|", r"'\b((doi|"), "utf-8")

    text = complaints(data_dir)

    assert "data/guidance/silences.yml: independent-evidence: the pattern" in text
    assert "is no regular expression" in text


def test_pattern_that_would_be_read_again_and_again_is_found(data_dir):
    path = data_dir / "safety" / "crisis.yml"
    path.write_text(
        path.read_text("utf-8").replace("\npatterns:\n", "\npatterns:\n  - '\\bwhich( \\w+)* way\\b'\n"), "utf-8"
    )

    text = complaints(data_dir)

    assert "data/safety/crisis.yml: crisis: the pattern" in text
    assert "has no end. Give it one" in text


def test_faults_of_content_and_examples_come_together(data_dir):
    (data_dir / "claims" / "cure.yml").unlink()
    (data_dir / "updates.yml").unlink()

    text = complaints(data_dir)

    assert "data/updates.yml: the file is missing" in text
    assert '"cure" is no claim type' in text
