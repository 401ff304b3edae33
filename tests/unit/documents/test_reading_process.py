"""The process that reads a file: bounded, without secrets, and free to crash."""

import os
import time

import pytest

from stemcheck.documents import reading_process
from stemcheck.documents.document import MAX_FILE_BYTES, DocumentError
from stemcheck.documents.reading_process import read_document
from tests.made_files import pdf_of, zip_bomb

CLAIM = "Stem cells cure MS."
PATIENT_SECONDS = 120  # for a busy machine


def reason_of(data, seconds=PATIENT_SECONDS):
    with pytest.raises(DocumentError) as problem:
        read_document(data, seconds)
    return problem.value.reason


def pretend(monkeypatch, program):
    """Let this Python program stand for the one that reads."""
    monkeypatch.setattr(reading_process, "COMMAND", [reading_process.COMMAND[0], "-c", program])


def test_document_comes_back_whole():
    document = read_document(pdf_of([CLAIM], script="x()"), PATIENT_SECONDS)

    assert (document.kind, document.text, document.pages, document.remarks) == ("pdf", CLAIM, 1, ("script",))


def test_reason_comes_back():
    assert reason_of(zip_bomb()) == "too-hard"
    assert reason_of(b"") == "empty"
    assert reason_of(b"x" * (MAX_FILE_BYTES + 1)) == "too-large"


def test_hanging_process_is_ended(monkeypatch):
    pretend(monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()

    assert reason_of(b"x", seconds=0.5) == "too-hard"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("crash", ["import os; os.abort()", "import sys; sys.exit(3)", "x = [0] * 10**12"])
def test_crash_is_told_as_a_file_that_is_too_hard(monkeypatch, crash):
    pretend(monkeypatch, crash)

    assert reason_of(b"x") == "too-hard"


@pytest.mark.parametrize(
    ("greedy", "error"),
    [("bytearray(3_000_000_000)", "MemoryError"), ("open('{path}', 'wb', buffering=0).write(b'x')", "OSError")],
)
def test_memory_is_bounded_and_no_file_is_written(tmp_path, monkeypatch, capfd, greedy, error):
    path = tmp_path / "left-behind"
    program = (
        "from stemcheck.documents.child import _bound\n_bound()\n"
        f'try:\n    {greedy.format(path=path)}\nexcept {error}:\n    print(\'{{"error": "too-hard"}}\')'
    )
    pretend(monkeypatch, program)

    assert reason_of(b"x") == "too-hard"
    assert not path.exists() or path.stat().st_size == 0


def test_process_knows_no_setting_of_the_service(monkeypatch):
    monkeypatch.setenv("STEMCHECK_REVIEW_PROXY_SECRET", "very secret")
    pretend(
        monkeypatch,
        "import os, json; print(json.dumps({'error': 'locked' if 'very secret' in str(os.environ) else 'empty'}))",
    )

    assert reason_of(b"x") == "empty"


def test_it_leaves_no_process_behind(monkeypatch):
    pretend(monkeypatch, "import time; time.sleep(60)")
    reason_of(b"x", seconds=0.3)

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
