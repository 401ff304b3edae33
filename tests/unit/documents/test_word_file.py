"""Word files."""

import io
import zipfile

import pytest

from stemcheck.documents.document import DocumentError
from stemcheck.documents.word_file import read_word_file
from tests.made_files import word_of, zip_bomb

CLAIM = "Stem cells cure MS."
BOX = "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{}</mc:AlternateContent></w:r>"
INNER = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"


def reason_of(data):
    with pytest.raises(DocumentError) as problem:
        read_word_file(data)
    return problem.value.reason


def changed(data, name, change):
    """Return a Word file with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return target.getvalue()


def test_paragraphs_lists_and_tables_come_in_their_order():
    data = word_of([CLAIM, "• better balance", "• less fatigue"], [["Day 1", "Arrival"], ["Day 2", "Infusion"]])

    assert (
        read_word_file(data).text == f"{CLAIM}\n\n• better balance\n• less fatigue\n\nDay 1 | Arrival\nDay 2 | Infusion"
    )


def test_text_box_is_read_once():
    both = f"<mc:Choice Requires='wps'>{INNER}</mc:Choice><mc:Fallback>{INNER}</mc:Fallback>"
    data = changed(
        word_of([CLAIM]),
        "word/document.xml",
        lambda xml: xml.replace(b"</w:p>", BOX.format(both).encode() + b"</w:p>", 1),
    )

    assert read_word_file(data).text == f"{CLAIM}\n\nIn a box."


def test_file_without_words_is_no_text():
    assert reason_of(word_of([])) == "no-text"


def test_zip_bomb_is_refused_before_it_is_unpacked():
    assert reason_of(zip_bomb()) == "too-hard"


def test_damaged_file_is_broken():
    assert reason_of(word_of([CLAIM])[:-300]) == "broken"
    assert reason_of(changed(word_of([CLAIM]), "word/document.xml", lambda xml: xml[:-40])) == "broken"


def test_entities_of_xml_are_not_blown_up():
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    data = changed(
        word_of([CLAIM]),
        "word/document.xml",
        lambda xml: xml.replace(b"?>", b"?>" + bomb, 1).replace(CLAIM.encode(), b"cure " + b"&b;" * 100),
    )

    try:
        assert len(read_word_file(data).text) < 1000
    except DocumentError as problem:
        assert problem.reason in ("broken", "no-text")
