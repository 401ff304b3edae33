"""JSON Lines in, JSON Lines out, in order and in constant memory."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.cli.checking.files import ManyTextsFinder
from stemcheck.cli.checking.json_lines import Row, read_row, write_line
from stemcheck.cli.checking.line_batches import NumberedLine, batches_of_lines
from stemcheck.content.library import Library
from stemcheck.replies.claim_cards import check_result


def check_stream(source: BinaryIO, target: BinaryIO, library: Library, finder: ManyTextsFinder) -> bool:
    """Answer every line of `source`; return whether all of them were good."""
    is_good = True
    for batch in batches_of_lines(source):
        is_good &= _answer_batch(batch, target, library, finder)
    return is_good


def _answer_batch(batch: Sequence[NumberedLine], target: BinaryIO, library: Library, finder: ManyTextsFinder) -> bool:
    rows = [read_row(line, number) for number, line in batch]
    found = iter(finder.find_in_all([row.text for row in rows if not row.error]))
    for row in rows:
        target.write(write_line(_error(row) if row.error else _result(row, next(found), library)))
    target.flush()
    return not any(row.error for row in rows)


def _result(row: Row, claims: Sequence[FoundClaim], library: Library) -> dict[str, Any]:
    return {"id": row.id, **check_result(library, claims, text=row.text)}


def _error(row: Row) -> dict[str, str | int | None]:
    return {"id": row.id, "error": row.error}
