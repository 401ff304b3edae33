"""Text in the encodings that people's programs write."""

import pytest

from stemcheck.documents.document import MAX_DOCUMENT_CHARS, DocumentError
from stemcheck.documents.plain_text import read_plain_text

ENGLISH = "Our “cure” costs €19,500 at the café of Dr. Müller – it’s for patients with MS."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_any_usual_encoding(encoding):
    assert read_plain_text(ENGLISH.encode(encoding)).text == ENGLISH


def test_czech_of_windows_is_read_as_czech():
    text = (
        "Naše klinika nabízí léčbu kmenovými buňkami pro pacienty s roztroušenou sklerózou. Zeptejte se našich lékařů."
    )

    assert read_plain_text(text.encode("cp1250")).text == text


def test_a_character_cut_in_half_at_the_end_is_left_out():
    assert read_plain_text("café".encode()[:-1]).text == "caf"


def test_line_ends_and_runs_of_empty_lines_become_plain():
    assert read_plain_text(b"One\r\n\r\n\r\n\r\nTwo \rThree").text == "One\n\nTwo\nThree"


@pytest.mark.parametrize("data", [bytes(range(256)) * 50, b"a\0b", b"\x89\x01\x02\x03" * 99])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(DocumentError) as problem:
        read_plain_text(data)

    assert problem.value.reason == "unknown"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"--- ... ---", "\u200b\u200b".encode()])
def test_text_without_a_letter_is_no_text(data):
    with pytest.raises(DocumentError) as problem:
        read_plain_text(data)

    assert problem.value.reason == "no-text"


def test_ten_megabytes_in_one_line_are_cut_and_said_to_be():
    document = read_plain_text(b"stem cells cure MS " * 550_000)

    assert MAX_DOCUMENT_CHARS - 100 < len(document.text) <= MAX_DOCUMENT_CHARS
    assert document.remarks == ("cut",)
    assert document.text.endswith(("stem", "cells", "cure", "MS"))
