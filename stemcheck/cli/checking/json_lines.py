"""One line of JSON Lines: {"id", "text"} in, a result or an error out."""

import json
from dataclasses import dataclass
from typing import Any

from stemcheck.cli.checking.input_text import BadInput, check_characters, check_text
from stemcheck.cli.checking.line_batches import LONGEST_LINE


@dataclass(frozen=True)
class Row:
    """A line's id and text, or its id, as far as it could be read, and what is wrong with it."""

    id: str | int | None
    text: str = ""
    error: str = ""


def read_row(line: bytes, number: int) -> Row:
    """Return the row of a line; other keys than `id` and `text` are ignored."""
    found: Any = None
    try:
        found = _parse(line)
        return Row(_read_id(found), _read_text(found))
    except BadInput as problem:
        return Row(_id_if_any(found), error=f"line {number}: {problem}")


def write_line(result: dict[str, Any]) -> bytes:
    """Return a result as one line of UTF-8."""
    return json.dumps(result, ensure_ascii=False).encode() + b"\n"


def _parse(line: bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise BadInput(f"the line is longer than {LONGEST_LINE // 1024} kB")
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("this is no text in UTF-8") from None
    except (ValueError, RecursionError):
        raise BadInput("this is no JSON") from None


def _read_id(found: Any) -> str | int:
    if not isinstance(found, dict):
        raise BadInput('this is no JSON object with "id" and "text"')
    if "id" not in found:
        raise BadInput('the key "id" is missing')
    if type(found["id"]) not in (str, int):
        raise BadInput('"id" must be a string or a whole number')
    if isinstance(found["id"], str):
        check_characters('"id"', found["id"])
    return found["id"]  # type: ignore[no-any-return]


def _read_text(found: dict[str, Any]) -> str:
    if "text" not in found:
        raise BadInput('the key "text" is missing')
    if not isinstance(found["text"], str):
        raise BadInput('"text" must be a string')
    return check_text(found["text"])


def _id_if_any(found: Any) -> str | int | None:
    try:
        return _read_id(found)
    except BadInput:
        return None
