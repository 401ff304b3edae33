"""The claims and warning signs of many files as CSV: one row each, and no cell that a spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from stemcheck.cli.bulk.journal import Entry
from stemcheck.content.library import Library
from stemcheck.replies.claim_cards import describe_claim
from stemcheck.replies.claim_review import defuse
from stemcheck.replies.warning_signs import describe_red_flags

CLAIM_COLUMNS = ("file", "text", "type", "label", "verdict", "flagged", "mode", "start", "end", "facts", "reason")
SIGN_COLUMNS = ("file", "text", "id", "label", "why", "start", "end", "guidance")


def write_claims(path: Path, entries: Iterable[Entry], library: Library) -> None:
    """Write one row for each claim."""
    _write(path, CLAIM_COLUMNS, (row for entry in entries for row in _claim_rows(entry, library)))


def write_signs(path: Path, entries: Iterable[Entry], library: Library) -> None:
    """Write one row for each warning sign."""
    signs = ((entry.name, sign) for entry in entries for sign in describe_red_flags(library, entry.text))
    _write(path, SIGN_COLUMNS, ({**sign, "file": name, "guidance": " ".join(sign["guidance"])} for name, sign in signs))


def _claim_rows(entry: Entry, library: Library) -> Iterator[dict[str, Any]]:
    for claim in entry.claims:
        if claim.is_confirmed:
            card = describe_claim(library, claim)
            flagged = "yes" if card["flagged"] else "no"
            yield {**card, "file": entry.name, "flagged": flagged, "facts": " ".join(card["facts"])}


def _write(path: Path, columns: tuple[str, ...], found: Iterable[dict[str, Any]]) -> None:
    # with a byte order mark a spreadsheet takes it for UTF-8; everything is quoted, whatever separates cells where it is opened
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = _writer(file)
        rows.writerow(columns)
        rows.writerows([defuse(" ".join(str(row[name]).split())) for name in columns] for row in found)


def _writer(file: TextIO) -> Any:
    return csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
