"""The one way into a page: session, role and, for every change, the token of the form."""

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import transaction
from stemcheck.storage.review_sessions import find_session
from stemcheck.web.review.refusals import Refusal, as_refusal
from stemcheck.web.review.visit import Visit, here, safe_place

COOKIE = "stemcheck_review"
LARGEST_FORM = 256 * 1024
MOST_FIELDS = 1000
Form = Mapping[str, list[str]]


@dataclass(frozen=True)
class Page:
    """A page: its method and address, the least role that may use it, and the function that answers."""

    method: str
    path: str
    role: str
    answer: Callable[[Visit], Response]


def guarded(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page: it answers only who is allowed to ask."""

    async def endpoint(request: Request) -> Response:
        form = await read_form(request) if page.method == "POST" else {}
        return await to_thread.run_sync(partial(_let_in, page, request, form))

    return endpoint


async def read_form(request: Request) -> Form:
    """Return the form of a request: bounded, no files. Raises Refusal."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refusal(400)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise Refusal(413)
    return _parse(bytes(body))


def _parse(body: bytes) -> Form:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refusal(400) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\0", ""))
    return found


def is_from_elsewhere(request: Request) -> bool:
    """Return whether a browser says that another website sent this request."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _let_in(page: Page, request: Request, form: Form) -> Response:
    console = request.app.state.console
    try:
        with transaction(console.engine) as connection:
            session = find_session(connection, request.cookies.get(COOKIE, ""), time.time())
            if session is None:
                return _to_sign_in(request)
            # what a page for a refusal needs to know
            request.state.signed_in = {"user": session.user, "csrf": session.csrf}
            request.state.back = safe_place(next(iter(form.get("back", [])), ""), "")
            is_forged = page.method == "POST" and not _is_own_form(request, form, session.csrf)
            if session.user.may(page.role) and not is_forged:
                return page.answer(Visit(request, console, connection, session, form))
            write_audit(connection, session.user.name, "refused", path=page.path, forged=is_forged)
        raise Refusal(403)
    except Exception as problem:
        # what leaves here is logged whole by the server, and its traceback may hold a visitor's words
        raise as_refusal(problem) from None


def _to_sign_in(request: Request) -> Response:
    if request.method != "GET":
        raise Refusal(401)
    address = request.url_for("sign_in").include_query_params(next=here(request))
    return RedirectResponse(f"{address.path}?{address.query}", 303)


def _is_own_form(request: Request, form: Form, csrf: str) -> bool:
    sent = next(iter(form.get("csrf", [])), "")
    return hmac.compare_digest(sent.encode(), csrf.encode()) and not is_from_elsewhere(request)
