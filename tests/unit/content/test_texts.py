"""Labelled whole texts: what is read from them, and which faults are told."""

import pytest

from stemcheck.content.problems import ContentError
from stemcheck.content.texts import load_texts
from stemcheck.settings import load_settings


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "data" / "texts"
    folder.mkdir(parents=True)

    def write_file(text):
        (folder / "offers.yml").write_text(text, "utf-8")
        return tmp_path / "data"

    return write_file


def test_text_is_read_with_its_label(write):
    (text,) = load_texts(write("texts: [{kind: offer, flagged: true, text: We cure MS.}]"))

    assert (text.kind, text.flagged, text.text) == ("offer", True, "We cure MS.")


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ("{kind: advert, flagged: true, text: A}", "kind"),
        ("{kind: offer, text: A}", "flagged"),
        ("{kind: offer, flagged: true, text: ''}", "text"),
        ("{kind: offer, flagged: true, text: A, mood: good}", "mood"),
        ("We cure MS.", "neither a text nor a mapping"),
    ],
)
def test_fault_names_file_text_and_remedy(write, item, complaint):
    with pytest.raises(ContentError) as caught:
        load_texts(write(f"texts: [{{kind: offer, flagged: true, text: A}}, {item}]"))

    told = str(caught.value)
    assert "offers.yml" in told and "text 2" in told and complaint in told and "Give it kind" in told


def test_no_text_stands_twice():
    texts = [text.text for text in load_texts(load_settings().data_folder)]

    assert len(set(texts)) == len(texts) > 500


def test_every_kind_of_text_is_there():
    texts = load_texts(load_settings().data_folder)

    assert min(sum(text.kind == kind for text in texts) for kind in {text.kind for text in texts}) >= 30
