"""Sign in by password or by a trusted proxy, and sign out; `openid_sign_in.py` has the third way in."""

import hmac
import secrets
import time
from functools import partial

from anyio import to_thread
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import transaction
from stemcheck.storage.review_sessions import begin_session, end_session, end_sessions_of
from stemcheck.storage.sql import Connection
from stemcheck.storage.users import User, find_user
from stemcheck.web.review.console import Console
from stemcheck.web.review.gate import COOKIE, Form, is_from_elsewhere, read_form
from stemcheck.web.review.password_sign_in import remember_device, try_password
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit, safe_place

FORM_COOKIE = "stemcheck_sign_in"
FORM_SECONDS = 3600
WRONG = "Name and password do not fit. Please try again."
PROXY_HEADER = "x-stemcheck-proxy-secret"


async def show_sign_in(request: Request) -> Response:
    """Show the form, or sign in at once when a trusted proxy says who it is."""
    console: Console = request.app.state.console
    name = proxy_user(request, console)
    if name:
        return await to_thread.run_sync(partial(_enter_by_proxy, request, console, name))
    return _form(request, console, request.query_params.get("next", ""))


async def sign_in(request: Request) -> Response:
    """Check name and password; begin a new session."""
    console: Console = request.app.state.console
    form = await read_form(request)
    if is_from_elsewhere(request) or not _is_our_form(request, console, _sent(form, "form")):
        return _form(request, console, _sent(form, "next"), "This page was open for too long. Please try again.", 403)
    return await to_thread.run_sync(partial(_enter_by_password, request, console, form))


def sign_out(visit: Visit) -> Response:
    """End this session, or all of this user."""
    if visit.sent("everywhere"):
        end_sessions_of(visit.connection, visit.user.name)
    end_session(visit.connection, visit.session.digest)
    visit.audit("sign-out", everywhere=bool(visit.sent("everywhere")))
    answer = RedirectResponse("/review/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/review")
    return answer


def proxy_user(request: Request, console: Console) -> str:
    """Return the name that a trusted proxy sent: one that knows the shared secret."""
    settings = console.settings
    if not settings.review_proxy_header or not settings.review_proxy_secret:
        return ""
    sent = request.headers.get(PROXY_HEADER, "")
    is_trusted = hmac.compare_digest(sent.encode(), settings.review_proxy_secret.encode())
    return request.headers.get(settings.review_proxy_header, "") if is_trusted else ""


def _enter_by_password(request: Request, console: Console, form: Form) -> Response:
    user = try_password(request, console, _sent(form, "name"), _sent(form, "password"))
    if user is None:
        return _form(request, console, _sent(form, "next"), WRONG, 403)
    with transaction(console.engine) as connection:
        answer = enter(request, connection, user, _sent(form, "next"), by="password")
    remember_device(answer, console, user.name, is_secure=request.url.scheme == "https")
    return answer


def _enter_by_proxy(request: Request, console: Console, name: str) -> Response:
    with transaction(console.engine) as connection:
        user = find_user(connection, name)
        if user:
            return enter(request, connection, user, request.query_params.get("next", ""), by="proxy")
    raise Refusal(403, "You are known to the proxy, but not to this console. Please ask an admin.")


def enter(request: Request, connection: Connection, user: User, place: str, *, by: str) -> Response:
    """Begin a session and send the browser to the place that it asked for first."""
    secret = begin_session(connection, user, time.time())
    write_audit(connection, user.name, "sign-in", by=by)
    answer = RedirectResponse(safe_place(place), 303)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, secret, path="/review", httponly=True, samesite="lax", secure=is_secure)
    answer.delete_cookie(FORM_COOKIE, path="/review")
    return answer


def _form(request: Request, console: Console, place: str, problem: str = "", status: int = 200) -> Response:
    browser = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(16)
    token = _serializer(console).dumps(browser)
    page = console.templates.get_template("sign-in.html")
    openid = console.settings.review_openid_label if console.openid else ""
    answer = HTMLResponse(page.render(token=token, next=safe_place(place), problem=problem, openid=openid), status)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(FORM_COOKIE, browser, path="/review", httponly=True, samesite="strict", secure=is_secure)
    return answer


def _is_our_form(request: Request, console: Console, token: str) -> bool:
    try:
        browser = str(_serializer(console).loads(token, max_age=FORM_SECONDS))
    except BadData:
        return False
    return hmac.compare_digest(browser.encode(), request.cookies.get(FORM_COOKIE, "").encode())


def _serializer(console: Console) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(console.secret, salt="stemcheck-sign-in")


def _sent(form: Form, name: str) -> str:
    return next(iter(form.get(name, [])), "")
