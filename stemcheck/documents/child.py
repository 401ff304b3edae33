"""The process that reads one file: bytes on standard input, one line of JSON on standard output. May crash without harm."""

import json
import resource
import sys
from typing import Any

from stemcheck.documents.document import MAX_FILE_BYTES, DocumentError
from stemcheck.documents.reader import read_here

MAX_MEMORY_BYTES = 2_500_000_000  # of addresses; the OCR of a photo fills 0.5 GB of them
MAX_CPU_SECONDS = 40
MAX_OPEN_FILES = 64


def main() -> None:
    """Read the file and answer: {"document": …} or {"error": reason}."""
    _bound()
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    answer: dict[str, Any]
    try:
        answer = {"document": read_here(data).as_dict()}
    except DocumentError as problem:
        answer = {"error": problem.reason}
    except (MemoryError, RecursionError):
        answer = {"error": "too-hard"}
    except Exception as problem:  # what nobody foresaw; the file itself is never logged
        print(f"{type(problem).__name__} while reading a file", file=sys.stderr)
        answer = {"error": "broken"}
    sys.stdout.write(json.dumps(answer))


def _bound() -> None:
    """Bound memory, computing time and files of this process; it writes none, and leaves no memory image when it crashes."""
    for kind, most in (
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
