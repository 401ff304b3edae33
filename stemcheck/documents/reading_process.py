"""Reads a file in a process of its own, which knows no secret of this one and ends after a while."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from stemcheck.documents.document import MAX_FILE_BYTES, Document, DocumentError, Kind

READING_SECONDS = 30
COMMAND = [sys.executable, "-W", "ignore", "-m", "stemcheck.documents.child"]
ROOT = Path(__file__).resolve().parents[2]
# no setting of ours, and no proxy: what reads a stranger's file needs neither
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")


def read_document(data: bytes, seconds: float = READING_SECONDS) -> Document:
    """Return the text of a file; it blocks for up to `seconds`. Raises DocumentError."""
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError("too-large")
    try:
        done = subprocess.run(
            COMMAND,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError("too-hard") from None
    if done.returncode:  # it ran out of time or memory, or a library crashed
        raise DocumentError("too-hard")
    return _document(json.loads(done.stdout))


def _document(answer: dict[str, Any]) -> Document:
    if "error" in answer:
        raise DocumentError(answer["error"])
    found = answer["document"]
    kind: Kind = found["kind"]
    return Document(kind, found["text"], found["pages"], found["pages_read"], tuple(found["remarks"]))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2"}
