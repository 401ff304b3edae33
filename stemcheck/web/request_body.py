"""Read a JSON body: bounded, of the declared keys and types, without characters that no store can take."""

import json
import unicodedata
from typing import Any

from starlette.requests import Request

from stemcheck.web.errors import ApiError

MAX_CHARACTERS = 8000
MAX_BYTES = 128 * 1024  # 8,000 emoji written as \\ud83d\\ude00 are 96 kB
MAX_ID = 64


async def read_json(
    request: Request, required: dict[str, type], optional: dict[str, type] | None = None
) -> dict[str, Any]:
    """Return the body as a dict with the `required` and `optional` keys, each of its type. Raises ApiError."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise ApiError("bad-type")
    body = _parse(await _read_bytes(request))
    known = {**required, **(optional or {})}
    for key in body.keys() - known.keys():
        raise ApiError("bad-request", f"The key {key[:40]!r} is unknown.")
    for key, kind in known.items():
        if key in required and key not in body:
            raise ApiError("bad-request", f"The key {key!r} is missing.")
        if key in body and type(body[key]) is not kind:
            raise ApiError("bad-request", f"The key {key!r} must be of type {kind.__name__}.")
        if kind is str and key in body:
            _check_characters(key, body[key])
    return body


def read_text(body: dict[str, Any]) -> str:
    """Return the trimmed `text` of a body: 1 to 8,000 characters. Raises ApiError."""
    text: str = body["text"].strip()
    if all(letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc") for letter in text):
        raise ApiError("empty")
    if len(text) > MAX_CHARACTERS:
        raise ApiError("too-long")
    return text


def read_id(body: dict[str, Any], key: str = "id") -> str:
    """Return the id under `key`: 1 to 64 characters. Raises ApiError."""
    found: str = body[key]
    if not 1 <= len(found) <= MAX_ID:
        raise ApiError("bad-request", f"The key {key!r} must have 1 to {MAX_ID} characters.")
    return found


async def _read_bytes(request: Request) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BYTES:
            raise ApiError("too-long")
    return bytes(received)


def _parse(received: bytes) -> dict[str, Any]:
    try:
        body = json.loads(received)
    except (ValueError, RecursionError):
        raise ApiError("bad-json") from None
    if not isinstance(body, dict):
        raise ApiError("bad-request", "The body must be a JSON object.")
    return body


def _check_characters(key: str, text: str) -> None:
    # PostgreSQL cannot store NUL, and half of a surrogate pair is no character in UTF-8
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ApiError("bad-request", f"The key {key!r} holds a character that is no text.")
