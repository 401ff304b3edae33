"""Reads an uploaded file of a form: bounded, kept in memory alone, never on disk."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from stemcheck.documents.document import MAX_FILE_BYTES
from stemcheck.web.errors import ApiError

MAX_FORM_BYTES = MAX_FILE_BYTES + 64 * 1024  # with the form's own lines
MAX_FIELD_BYTES = 1024
UPLOAD_SECONDS = 60


class _InMemoryParser(MultiPartParser):
    spool_max_size = MAX_FORM_BYTES + 1  # nothing of a visitor's file reaches the disk


async def read_upload(request: Request) -> tuple[bytes, bool]:
    """Return the bytes of the part `file`, and whether its claims are wanted. Raises ApiError."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "multipart/form-data":
        raise ApiError("bad-type", "Please send multipart/form-data with the part “file”.")
    try:
        return await asyncio.wait_for(_read_form(request), UPLOAD_SECONDS)
    except asyncio.TimeoutError:
        raise ApiError("bad-request", "The file did not arrive in time.") from None
    except (MultiPartException, KeyError, UnicodeDecodeError):  # KeyError: no boundary
        raise ApiError("bad-request", "This is no form with the part “file”.") from None


async def _read_form(request: Request) -> tuple[bytes, bool]:
    parser = _InMemoryParser(
        request.headers, _bounded(request), max_files=1, max_fields=1, max_part_size=MAX_FIELD_BYTES
    )
    form = await parser.parse()
    try:
        wanted = form.get("claims", "yes")
        file = form.get("file")
        if form.keys() - {"file", "claims"} or wanted not in ("yes", "no") or not isinstance(file, UploadFile):
            raise ApiError("bad-request", "The form takes the part “file”, and “claims” with the value yes or no.")
        return await file.read(), wanted == "yes"
    finally:
        await form.close()


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > MAX_FORM_BYTES:
        raise ApiError("file-too-large")
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > MAX_FORM_BYTES:
            raise ApiError("file-too-large")
        yield chunk
