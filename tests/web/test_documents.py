"""`POST /api/check/file` and `/api/check/link`: real files, bad ones, and the limits of work."""

import re
import threading
import time

import pytest

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.documents import reading_process
from stemcheck.documents.document import MAX_FILE_BYTES, Document
from stemcheck.web import document_api, upload
from tests.api_client import error_code
from tests.made_files import mail_of, pdf_of, word_of, zip_bomb

CURE = re.compile("cure")
CLAIM = "Our stem cells cure MS, as all of our patients say."
GERMAN = "Unsere Stammzellen heilen die Multiple Sklerose. Fragen Sie noch heute unsere Ärzte nach einem freien Platz."


class CureFinder:
    """Stands for the network: takes every "cure" for a claim."""

    def find_in_all(self, texts):
        return [
            [FoundClaim("cure", "asserted", *match.span(), "cure") for match in CURE.finditer(text)] for text in texts
        ]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(reading_process.read_document, "__defaults__", (120,))  # a busy machine is no failure


@pytest.fixture
def http(start):
    client = start()
    client.app.state.load_spotter = CureFinder
    return client


def send(http, data, name="flyer.pdf", **fields):
    return http.post("/api/check/file", files={"file": (name, data)}, data=fields)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(pdf_of([CLAIM]), "pdf"), (word_of([CLAIM]), "word"), (mail_of("Offer", CLAIM), "mail"),
     (f"<html><body><p>{CLAIM}</p></body></html>".encode(), "page"), (CLAIM.encode("utf-16"), "text")],
)  # fmt: skip
def test_file_comes_back_as_text_with_its_claims(http, data, kind):
    found = send(http, data, name="lies-about-its-type.exe").raise_for_status().json()

    [claim] = found["claims"]
    assert (found["kind"], found["flagged"], found["language"], found["notes"]) == (kind, True, "", [])
    assert found["text"][claim["start"] : claim["end"]] == "cure"
    assert (found["pages"], found["pages_read"]) == (1, 1)


def test_text_alone_is_given_without_looking_for_claims(http):
    http.app.state.load_spotter = None

    found = send(http, pdf_of([CLAIM]), claims="no").json()

    assert found["text"] == CLAIM
    assert "claims" not in found


def test_text_in_another_language_is_said_to_be_and_nothing_is_guessed(http):
    http.app.state.load_spotter = None

    found = send(http, GERMAN.encode()).json()

    assert (found["language"], found["flagged"], found["claims"]) == ("de", False, [])
    assert "Deutsch" in found["notes"][0]


def test_of_500_pages_thirty_are_read_and_that_is_said(http):
    found = send(http, pdf_of([f"Page {number}. {CLAIM}" for number in range(500)])).json()

    assert (found["pages"], found["pages_read"]) == (500, 30)
    assert "500" in found["notes"][0]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "file-empty"),
        (b"MZ\0\1\2 a program", 415, "file-unknown"),
        (pdf_of([CLAIM], password="x"), 422, "file-locked"),
        (b"%PDF-1.7 no PDF", 422, "file-broken"),
        (pdf_of([" "]), 422, "file-no-text"),
        (zip_bomb(), 422, "file-too-hard"),
        (b"x" * (MAX_FILE_BYTES + 1), 413, "file-too-large"),
        (b"x" * (MAX_FILE_BYTES + 100_000), 413, "file-too-large"),
    ],
)
def test_bad_file_gets_a_kind_sentence(http, data, status, code):
    answer = send(http, data)

    assert (answer.status_code, error_code(answer)) == (status, code)
    said = answer.json()["error"]["message"]
    assert said in http.app.state.library.replies[f"document-{code.removeprefix('file-')}"].variants


def test_ten_megabytes_of_one_line_are_cut(http):
    found = send(http, b"stem cells cure MS " * 550_000).json()

    assert 39_000 < len(found["text"]) <= 40_000
    assert found["notes"]


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"text": CLAIM}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
        {"files": {"other": ("a.txt", b"x")}},
        {"files": {"file": ("a.txt", b"x")}, "data": {"claims": "maybe"}},
        {"files": {"file": ("a.txt", b"x")}, "data": {"more": "yes"}},
        {"files": [("file", ("a.txt", b"x")), ("file", ("b.txt", b"x"))]},
        {"files": {"claims": ("a.txt", b"no")}},
    ],
)
def test_form_that_is_none_is_refused(http, request_):
    assert http.post("/api/check/file", **request_).status_code in (400, 415)


def test_file_that_never_ends_is_given_up(http, monkeypatch):
    monkeypatch.setattr(upload, "MAX_FORM_BYTES", 1000)

    answer = send(http, b"x" * 5000)

    assert error_code(answer) == "file-too-large"


def test_nothing_of_a_file_reaches_the_disk(http, monkeypatch):
    """Starlette would put a file of over a megabyte into a temporary one."""
    written = []
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", lambda self: written.append(self))

    assert send(http, CLAIM.encode() + b" " * 3_000_000).status_code == 200
    assert written == []


def test_files_and_texts_share_the_limit_of_work_at_once(start, at_once, monkeypatch):
    http = start(checks_at_once=2)
    now, most, lock = [0], [0], threading.Lock()

    def read_slowly(_data):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(1)
        with lock:
            now[0] -= 1
        return Document("text", CLAIM)

    monkeypatch.setattr(document_api, "read_document", read_slowly)
    http.app.state.tell_language = lambda _text: ""
    answers = at_once(*[lambda: send(http, b"x", claims="no")] * 20)

    assert most[0] == 2
    assert {answer.status_code for answer in answers} == {200, 503}
    assert sum(answer.status_code == 200 for answer in answers) <= 16  # ten, and one more for each that ended meanwhile


def test_crash_of_the_reading_process_harms_nobody(http, monkeypatch):
    monkeypatch.setattr(reading_process, "COMMAND", [reading_process.COMMAND[0], "-c", "import os; os.abort()"])

    assert error_code(send(http, b"x")) == "file-too-hard"
    assert http.get("/health/live").status_code == 200


def test_rate_limit_counts_files(start):
    http = start(rate_limits="on", address_messages_per_minute=2)

    answers = [send(http, b"", claims="no") for _ in range(3)]

    assert [error_code(answer) for answer in answers] == ["file-empty", "file-empty", "too-fast"]


def test_link_is_not_opened_unless_the_operator_allows_it_and_the_reply_says_how_to_copy(http, monkeypatch):
    monkeypatch.setattr(document_api, "fetch_page", lambda url: pytest.fail("was opened"))

    answer = http.post("/api/check/link", json={"url": "https://clinic.invalid/ms"})

    assert (answer.status_code, error_code(answer)) == (403, "link-off")
    assert "paste" in answer.json()["error"]["message"]
    assert http.get("/api/about").json()["reads_links"] is False


def test_private_address_is_refused_where_links_are_read(start):
    http = start(fetch_links="on")

    answer = http.post("/api/check/link", json={"url": "http://127.0.0.1:22/"})

    assert (answer.status_code, error_code(answer)) == (422, "link-refused")
    assert http.get("/api/about").json()["reads_links"] is True


def test_page_behind_a_link_is_read_like_a_file(start, monkeypatch):
    http = start(fetch_links="on")
    http.app.state.load_spotter = CureFinder
    monkeypatch.setattr(
        document_api, "fetch_page", lambda url: f"<html><body><nav>Menu</nav><p>{CLAIM}</p></body></html>".encode()
    )

    found = http.post("/api/check/link", json={"url": "https://clinic.invalid/ms"}).json()

    assert (found["kind"], found["text"], found["flagged"]) == ("page", CLAIM, True)


def test_reasons_of_the_reader_have_codes():
    from typing import get_args

    from stemcheck.documents.document import Reason
    from stemcheck.web.errors import MESSAGES

    assert {f"file-{reason}" for reason in get_args(Reason)} <= MESSAGES.keys()
