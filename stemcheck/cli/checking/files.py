"""Files and links, each of them one text: read a few at a time, checked together, answered in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Protocol

import typer

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.long_text import find_in_long_texts
from stemcheck.cli.checking.input_text import BadInput
from stemcheck.content.library import Library
from stemcheck.replies.check_report import CheckReport, compose_report

STANDARD_INPUT = "-"
AT_ONCE = 32


class ManyTextsFinder(Protocol):
    """What finds the claims of many texts."""

    def find_in_all(self, texts: list[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""


@dataclass(frozen=True)
class ReadFile:
    """The text of a file and what to say about how it was read; `is_english` tells whether its claims can be looked for."""

    text: str
    notes: tuple[str, ...] = ()
    is_english: bool = True


@dataclass(frozen=True)
class CheckedFile:
    """A file's text, its claims, and the report; or what is wrong with it."""

    name: str
    text: str = ""
    claims: tuple[FoundClaim, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""

    def report(self, library: Library) -> CheckReport:
        """Return the report on this text."""
        return compose_report(library, self.text, self.claims)


ReadText = Callable[[str], ReadFile]


def check_files(names: Iterable[str], read: ReadText, finder: ManyTextsFinder) -> Iterator[CheckedFile]:
    """Yield each file checked, in order; those for which `read` raises BadInput say so in `error`."""
    files = iter(names)
    while chosen := list(islice(files, AT_ONCE)):
        found = [_read(name, read) for name in chosen]
        texts = [file.text if isinstance(file, ReadFile) and file.is_english else "" for file in found]
        claims = find_in_long_texts(finder, texts)
        for name, file, of_file in zip(chosen, found, claims, strict=True):
            if isinstance(file, BadInput):
                yield CheckedFile(name, error=str(file))
            else:
                yield CheckedFile(name, file.text, tuple(of_file), file.notes)


def open_input(name: str) -> BinaryIO:
    """Return the file of this name, or standard input for "-". Raises BadInput."""
    if name == STANDARD_INPUT:
        return typer.get_binary_stream("stdin")
    try:
        return open(name, "rb", buffering=0)
    except (OSError, ValueError) as problem:
        raise BadInput(getattr(problem, "strerror", None) or str(problem)) from None


def _read(name: str, read: ReadText) -> ReadFile | BadInput:
    try:
        return read(name)
    except BadInput as problem:
        return problem
