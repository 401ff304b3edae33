"""Plain files, each of them one text: read a few at a time, checked together, answered in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Protocol

import typer

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.cli.checking.input_text import MAX_CHARACTERS, BadInput, decode_text
from stemcheck.content.library import Library
from stemcheck.replies.check_report import CheckReport, compose_report

STANDARD_INPUT = "-"
AT_ONCE = 32
MOST_BYTES = 4 * MAX_CHARACTERS + 3  # no character needs more than four, and a byte order mark is ignored


class ManyTextsFinder(Protocol):
    """What finds the claims of many texts."""

    def find_in_all(self, texts: list[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""


@dataclass(frozen=True)
class CheckedFile:
    """A file's text, its claims, and the report; or what is wrong with it."""

    name: str
    text: str = ""
    claims: tuple[FoundClaim, ...] = ()
    error: str = ""

    def report(self, library: Library) -> CheckReport:
        """Return the report on this text."""
        return compose_report(library, self.text, self.claims)


def check_files(names: Iterable[str], finder: ManyTextsFinder) -> Iterator[CheckedFile]:
    """Yield each file checked, in order; those that cannot be read say so in `error`."""
    files = iter(names)
    while chosen := list(islice(files, AT_ONCE)):
        read = [_read_file(name) for name in chosen]
        found = iter(finder.find_in_all([file.text for file in read if not file.error]))
        for file in read:
            yield file if file.error else CheckedFile(file.name, file.text, tuple(next(found)))


def open_input(name: str) -> BinaryIO:
    """Return the file of this name, or standard input for "-". Raises BadInput."""
    if name == STANDARD_INPUT:
        return typer.get_binary_stream("stdin")
    try:
        return open(name, "rb", buffering=0)
    except (OSError, ValueError) as problem:
        raise BadInput(getattr(problem, "strerror", None) or str(problem)) from None


def _read_file(name: str) -> CheckedFile:
    try:
        with open_input(name) as stream:
            received = _read_all(stream)
        return CheckedFile(name, decode_text(received))
    except BadInput as problem:
        return CheckedFile(name, error=str(problem))


def _read_all(stream: BinaryIO) -> bytes:
    received = b""
    while block := stream.read(MOST_BYTES + 1 - len(received)):
        received += block
    if len(received) > MOST_BYTES:
        raise BadInput(f"the text has more than {MAX_CHARACTERS:,} characters; give long collections as --jsonl")
    return received
