"""`POST /api/check/file` and `/api/check/link`: the text of what people hold in their hands, and its claims."""

from collections.abc import Callable
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stemcheck.claims.long_text import find_in_long_texts
from stemcheck.content.library import Library
from stemcheck.documents.document import Document, DocumentError
from stemcheck.documents.link import LinkError, fetch_page
from stemcheck.documents.reading_process import read_document
from stemcheck.replies.claim_cards import check_result
from stemcheck.replies.document_words import explain_failure, explain_link_failure, notes_on
from stemcheck.web.admission import Admission
from stemcheck.web.errors import ApiError
from stemcheck.web.request_body import read_json
from stemcheck.web.upload import read_upload

UPLOADS_AT_ONCE = 16  # each is held in memory while it arrives
MAX_URL_CHARS = 2000


def admit_uploads() -> Admission:
    """Return what admits so many files at once; more are told to come back."""
    return Admission(UPLOADS_AT_ONCE, waiting=0, retry_after=5)


async def check_file(request: Request) -> Response:
    """Return the text of a file, how it was read, and its claims."""
    state = request.app.state
    state.rate_limits.count_check(_address(request))
    async with state.uploads.enter():
        data, with_claims = await _receive(request)
        async with state.checks.enter():
            return await to_thread.run_sync(lambda: _answer(state, lambda: data, with_claims))


async def check_link(request: Request) -> Response:
    """Return the same for a page on the web, where the operator allows it."""
    body = await read_json(request, {"url": str}, {"claims": str})
    url, with_claims = body["url"].strip(), body.get("claims", "yes")
    if not 1 <= len(url) <= MAX_URL_CHARS or with_claims not in ("yes", "no"):
        raise ApiError("bad-request", "“url” has 1 to 2,000 characters, and “claims” is yes or no.")
    state = request.app.state
    if state.settings.fetch_links != "on":
        raise ApiError("link-off", explain_link_failure(state.library, "off", url))
    state.rate_limits.count_check(_address(request))
    async with state.checks.enter():
        return await to_thread.run_sync(
            lambda: _answer(state, lambda: _fetch(state.library, url), with_claims == "yes")
        )


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


async def _receive(request: Request) -> tuple[bytes, bool]:
    try:
        return await read_upload(request)
    except ApiError as problem:
        if problem.code == "file-too-large":
            raise ApiError(problem.code, explain_failure(request.app.state.library, "too-large")) from None
        raise


def _fetch(library: Library, url: str) -> bytes:
    try:
        return fetch_page(url)
    except LinkError as problem:
        raise ApiError(f"link-{problem.reason}", explain_link_failure(library, problem.reason, url)) from None


def _answer(state: Any, receive: Callable[[], bytes], with_claims: bool) -> Response:
    data = receive()
    try:
        document = read_document(data)
    except DocumentError as problem:
        raise ApiError(f"file-{problem.reason}", explain_failure(state.library, problem.reason, data[:4096])) from None
    return JSONResponse(_describe(state, document, with_claims))


def _describe(state: Any, document: Document, with_claims: bool) -> dict[str, Any]:
    language = state.tell_language(document.text)
    found = {
        "kind": document.kind,
        "text": document.text,
        "pages": document.pages,
        "pages_read": document.pages_read,
        "language": language,
        "notes": notes_on(state.library, document, language),
    }
    if not with_claims:
        return found
    # the model knows English alone, and nothing is guessed of other languages
    claims = [] if language else find_in_long_texts(state.load_spotter(), [document.text])[0]
    return {**found, **check_result(state.library, claims, text=document.text)}
