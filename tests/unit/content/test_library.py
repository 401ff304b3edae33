"""The loader tells every problem at once, with file, id and remedy."""

import shutil

import pytest
import yaml

from stemcheck.content.library import DATA_DIR, load_library
from stemcheck.content.problems import ContentError


@pytest.fixture
def data_dir(tmp_path):
    skip = shutil.ignore_patterns("examples", "training", "texts")
    return shutil.copytree(DATA_DIR, tmp_path / "data", ignore=skip)


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def complaints(data_dir):
    with pytest.raises(ContentError) as caught:
        load_library(data_dir)
    return str(caught.value)


def test_library_holds_the_content():
    library = load_library()

    assert library.facts["mesems"].section.title == "Mesenchymal stem cells"
    assert library.claim_types["cure"].verdict == "myth"


def test_library_is_frozen():
    fact = load_library().facts["mesems"]

    with pytest.raises(TypeError):
        fact.title = "Another"


def test_unknown_fact_is_named_with_file_and_remedy(data_dir):
    change(data_dir / "claims" / "approval.yml", "no-approved-therapy", "no-aproved-therapy")

    text = complaints(data_dir)

    assert 'data/claims/approval.yml: approval: facts: "no-aproved-therapy" is not in data/facts. Correct' in text


def test_first_problem_does_not_hide_the_second(data_dir):
    change(data_dir / "claims" / "approval.yml", "verdict: myth", "verdict: mith")
    change(data_dir / "facts" / "ahsct.yml", "label: What are HSCs?", "labl: What are HSCs?")

    text = complaints(data_dir)

    assert '"mith" is not in data/verdicts.yml' in text
    assert "data/facts/ahsct.yml: hsc-definition: the key 'labl' is unknown" in text
    assert "data/facts/ahsct.yml: hsc-definition: the key 'label' is missing. Add it." in text


def test_item_that_cannot_be_read_is_told_only_once(data_dir):
    change(data_dir / "facts" / "ahsct.yml", "label: What are HSCs?", "label: ''")

    text = complaints(data_dir)

    assert len(text.splitlines()) == 1


def test_missing_reason_is_found(data_dir):
    change(data_dir / "claims" / "cure.yml", "reason:", "reazon:")

    assert "data/claims/cure.yml: cure: the key 'reason' is missing" in complaints(data_dir)


def test_duplicate_id_is_found_across_files(data_dir):
    change(data_dir / "facts" / "ahsct.yml", "- id: ahsct-name", "- id: mesems")

    assert "mesems: this id is used twice among the facts (first in data/facts/ahsct.yml)" in complaints(data_dir)


def test_key_given_twice_is_found(data_dir):
    change(data_dir / "claims" / "cure.yml", "verdict: myth", "verdict: myth\nverdict: supported")

    assert "the key 'verdict' is given twice" in complaints(data_dir)


def test_broken_yaml_is_an_error_in_words(data_dir):
    (data_dir / "updates.yml").write_text("updates: [", "utf-8")

    assert "data/updates.yml: this is no valid YAML" in complaints(data_dir)


def test_missing_file_is_an_error_in_words(data_dir):
    (data_dir / "guidance" / "silences.yml").unlink()

    assert "data/guidance/silences.yml: the file is missing. Put it back." in complaints(data_dir)


def test_key_that_rasa_would_read_is_refused(data_dir):
    change(data_dir / "updates.yml", "updates:", "rules: []\nupdates:")

    assert "Rasa would read the key 'rules' as its own. Rename the key." in complaints(data_dir)


def test_file_named_unlike_its_claim_type_is_found(data_dir):
    (data_dir / "claims" / "cure.yml").rename(data_dir / "claims" / "curing.yml")

    assert "data/claims/curing.yml: cure: the id differs from the file's name" in complaints(data_dir)


def test_variant_without_its_placeholder_is_found(data_dir):
    change(data_dir / "replies" / "conversation.yml", "read again by {review_due}", "read again by now")

    assert "must hold exactly the placeholders ['review_due']" in complaints(data_dir)


def test_update_and_fact_must_name_each_other(data_dir):
    change(data_dir / "updates.yml", "facts: [early-stage, ", "facts: [")

    assert 'early-stage: only one of the fact and the update "ahsct-accepted" names the other' in complaints(data_dir)


def test_overdue_source_says_so():
    source = load_library().sources["msif-stem-cells"]

    assert not source.is_overdue(source.review_due)
    assert source.is_overdue(source.review_due.replace(year=source.review_due.year + 1))


def test_unknown_next_situation_is_found(data_dir):
    change(data_dir / "situations" / "ahsct" / "risks.yml", "next: [", "next: [ahsct/gone-away, ")

    assert 'data/situations/ahsct/risks.yml: ahsct/risks: "ahsct/gone-away" is not in data/situations' in complaints(
        data_dir
    )


def test_marker_that_names_nothing_is_found(data_dir):
    change(data_dir / "situations" / "ahsct" / "risks.yml", "[guidance:", "[guidance:no-such-")

    assert "names nothing that exists" in complaints(data_dir)


def test_reply_that_declines_may_state_no_fact(data_dir):
    change(data_dir / "situations" / "ahsct" / "risks.yml", "[guidance:", "[ahsct-name] [guidance:")

    assert 'the kind is "out-of-scope", but a reply states [ahsct-name]' in complaints(data_dir)


def test_title_that_fits_no_button_is_found(data_dir):
    path = data_dir / "situations" / "ahsct" / "risks.yml"
    path.write_text(
        path.read_text("utf-8").replace("title: ", "title: How very, very, very dangerous is that, ", 1), "utf-8"
    )

    assert "the title has more than 45 characters" in complaints(data_dir)


def test_claim_type_in_a_message_must_exist(data_dir):
    row = "- {text: they heal, claims: [{type: kure, mode: reported}]}"
    change(data_dir / "situations" / "ahsct" / "risks.yml", "messages:\n", f"messages:\n{row}\n")

    assert '"kure" is no claim type' in complaints(data_dir)


def test_a_message_of_two_situations_is_told(data_dir):
    for name in ("risks", "fertility"):
        path = data_dir / "situations" / "ahsct" / f"{name}.yml"
        stored = yaml.safe_load(path.read_text("utf-8"))
        stored["messages"].append("Does a dodo dance?" if name == "risks" else "does a dodo dance")
        path.write_text(yaml.safe_dump(stored, allow_unicode=True), "utf-8")

    text = complaints(data_dir)

    assert "ahsct/risks: the message 'does a dodo dance' is one of ahsct/fertility, too" in text
