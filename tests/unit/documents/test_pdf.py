"""PDFs with text; scanned ones are read in test_picture.py."""

import pytest

from stemcheck.documents.document import DocumentError
from stemcheck.documents.pdf import read_pdf
from tests.made_files import SERIF, pdf_of

CLAIM = "Our stem cell programme repairs damaged myelin and stops multiple sclerosis for good in nine of ten patients."
ADVICE = (
    "Ask for a free call with our doctors today, as the number of places for people with multiple sclerosis is small."
)


def reason_of(data):
    with pytest.raises(DocumentError) as problem:
        read_pdf(data)
    return problem.value.reason


@pytest.mark.parametrize("face", ["DejaVuSans", SERIF])
def test_lines_become_paragraphs_again(face):
    text = read_pdf(pdf_of([f"{CLAIM} {ADVICE}\n• better balance\n• less fatigue"], face=face)).text

    assert text == f"{CLAIM} {ADVICE}\n• better balance\n• less fatigue"


def test_two_columns_are_read_one_after_the_other():
    text = read_pdf(pdf_of([f"{CLAIM}\n{ADVICE}\n" * 12], columns=2)).text

    assert text.count(f"{CLAIM} {ADVICE}") == 12


def test_pages_are_split_by_a_blank_line():
    document = read_pdf(pdf_of([CLAIM, ADVICE]))

    assert (document.text, document.pages, document.pages_read) == (f"{CLAIM}\n\n{ADVICE}", 2, 2)


def test_of_many_pages_thirty_are_read_and_that_is_said():
    document = read_pdf(pdf_of([f"Page {number}. {CLAIM}" for number in range(1, 501)]))

    assert (document.pages, document.pages_read, document.remarks) == (500, 30, ("pages",))
    assert "Page 30." in document.text
    assert "Page 31." not in document.text


def test_password_is_told():
    assert reason_of(pdf_of([CLAIM], password="secret")) == "locked"


def test_script_is_not_run_and_that_is_said():
    document = read_pdf(pdf_of([CLAIM], script="app.alert(1)"))

    assert document.text == CLAIM
    assert document.remarks == ("script",)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nhello", b"%PDF-1.4\n%%EOF", pdf_of([CLAIM])[:200]])
def test_damaged_file_is_broken(data):
    assert reason_of(data) == "broken"


def test_page_without_words_is_no_text():
    assert reason_of(pdf_of([" "])) == "no-text"
