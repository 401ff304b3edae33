"""Labelled sentences: what is read from them, and which faults are told."""

import pytest

from stemcheck.content.examples import load_examples
from stemcheck.content.problems import ContentError


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "data" / "claims" / "examples"
    folder.mkdir(parents=True)
    for id in ("cure", "guarantee", "may-help"):
        (folder.parent / f"{id}.yml").write_text(f"id: {id}\n", "utf-8")

    def write_file(name, text):
        (folder / name).write_text(text, "utf-8")
        return tmp_path / "data"

    return write_file


def complaints(data_dir):
    with pytest.raises(ContentError) as caught:
        load_examples(data_dir)
    return str(caught.value)


def test_plain_string_is_an_asserted_claim(write):
    data_dir = write("cure.yml", "type: cure\nideas: [{idea: gone, claims: [It is gone.]}]")

    [example] = load_examples(data_dir)

    assert example.text == "It is gone."
    assert example.types == {"cure": "asserted"}
    assert example.idea == "cure/gone"


def test_further_types_share_the_mode_unless_told_otherwise(write):
    row = "{text: A, mode: reported, also: [guarantee], modes: {guarantee: asked}, maybe: [may-help]}"
    data_dir = write("cure.yml", f"type: cure\nideas: [{{idea: gone, claims: [{row}]}}]")

    [example] = load_examples(data_dir)

    assert example.types == {"cure": "reported", "guarantee": "asked"}
    assert example.maybe == {"may-help"}


def test_twin_lacks_the_type_of_its_file(write):
    row = "{text: A, why: hedged, types: [may-help]}"
    data_dir = write("cure.yml", f"type: cure\nideas: [{{idea: gone, twins: [{row}]}}]")

    [example] = load_examples(data_dir)

    assert example.types == {"may-help": "asserted"}
    assert (example.twin_of, example.why) == ("cure", "hedged")


def test_neutral_sentence_is_nobodys_twin(write):
    row = "{text: A, why: asked-open}"
    data_dir = write("neutral.yml", f"type: neutral\nideas: [{{idea: open, claims: [], twins: [{row}]}}]")

    [example] = load_examples(data_dir)

    assert (example.types, example.twin_of) == ({}, None)


def test_mixed_rows_carry_the_types_they_name(write):
    data_dir = write("talk.yml", "type: mixed\nideas: [{idea: till, rows: [{text: A, types: [cure], mode: reported}]}]")

    [example] = load_examples(data_dir)

    assert (example.types, example.twin_of) == ({"cure": "reported"}, None)


@pytest.mark.parametrize(
    ("claims", "complaint"),
    [
        ("[{text: Some words, mode: said}]", 'data/claims/examples/cure.yml: "Some words": mode: unexpected value'),
        ("[{text: Some words, also: [kure]}]", '"Some words": "kure" is no claim type'),
        ("[{text: Some words, alos: [guarantee]}]", '"Some words": alos: extra fields not permitted'),
        ("[{mode: asked}]", "text: field required"),
        ("[7]", "the row is neither a text nor a mapping"),
    ],
)
def test_fault_in_a_claim_names_file_and_text(write, claims, complaint):
    data_dir = write("cure.yml", f"type: cure\nideas: [{{idea: gone, claims: {claims}}}]")

    assert complaint in complaints(data_dir)


def test_twin_without_a_reason_is_found(write):
    data_dir = write("cure.yml", "type: cure\nideas: [{idea: gone, twins: [{text: A}]}]")

    assert "why: field required" in complaints(data_dir)


def test_twin_that_carries_its_files_type_is_found(write):
    data_dir = write("cure.yml", "type: cure\nideas: [{idea: gone, twins: [{text: A, why: denied, types: [cure]}]}]")

    assert "a twin can't carry the type cure itself" in complaints(data_dir)


def test_file_of_an_unknown_type_is_found(write):
    data_dir = write("kure.yml", "type: kure\nideas: []")

    assert '"kure" is no claim type' in complaints(data_dir)
