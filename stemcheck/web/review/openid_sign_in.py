"""Sign in by the organisation's OpenID provider: the way there, and the way back."""

import hmac
import logging
import time
from functools import partial

from anyio import to_thread
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import transaction
from stemcheck.storage.sign_in_throttle import count_try, seconds_to_wait
from stemcheck.web.review.console import Console
from stemcheck.web.review.openid_people import user_of
from stemcheck.web.review.openid_provider import Begun, OpenIdError, OpenIdProvider
from stemcheck.web.review.refusals import Refusal, answer_refusal
from stemcheck.web.review.sign_in import enter
from stemcheck.web.review.visit import safe_place

logger = logging.getLogger(__name__)

COOKIE = "stemcheck_openid"
PATH = "/review/openid"
LONGEST = 600  # seconds between the way there and the way back
SENTENCES = {
    "unknown user": "Your organisation knows you, but this console does not. Please ask an admin.",
    "no role": "Your organisation gives you no role in this console. Please ask an admin.",
    "state": "This sign-in did not begin here, or took too long. Please begin again.",
}
OTHERWISE = "Your organisation did not sign you in. Please try again, or ask an admin."


async def begin_openid(request: Request) -> Response:
    """Send the browser to the provider."""
    console: Console = request.app.state.console
    provider = _provider(console)
    try:
        address, begun = await to_thread.run_sync(provider.begin)
    except OpenIdError as problem:
        logger.error("OpenID sign-in is not possible: %s", problem)
        raise Refusal(503, "Your organisation's sign-in does not answer. Please try again in a minute.") from None
    answer = RedirectResponse(address, 303)
    kept = _serializer(console).dumps({**begun.as_dict(), "next": safe_place(request.query_params.get("next", ""))})
    is_secure = console.settings.review_openid_return_url.startswith("https:")
    # lax, as the way back begins on the provider's page
    answer.set_cookie(COOKIE, kept, LONGEST, path=PATH, httponly=True, samesite="lax", secure=is_secure)
    return answer


async def return_from_openid(request: Request) -> Response:
    """Begin a session for whom the provider signed in."""
    console: Console = request.app.state.console
    provider = _provider(console)
    try:
        answer = await to_thread.run_sync(partial(_enter, request, console, provider))
    except Refusal as refusal:
        answer = answer_refusal(request, refusal)
    answer.delete_cookie(COOKIE, path=PATH)  # one sign-in has one way back, be it a refused one
    return answer


def _enter(request: Request, console: Console, provider: OpenIdProvider) -> Response:
    address, now = request.client.host if request.client else "", time.time()
    with transaction(console.engine) as connection:
        if wait := seconds_to_wait(connection, now, address=address):
            raise Refusal(429, "Too many attempts. Please wait.", retry_after=wait)
    try:
        begun, place = _read_cookie(request, console)
        claims = provider.claims_of(_read_code(request, console, begun), begun)
        with transaction(console.engine) as connection:
            return enter(request, connection, user_of(connection, claims, console.settings), place, by="openid")
    except OpenIdError as problem:
        with transaction(console.engine) as connection:
            count_try(connection, now, address=address)
            write_audit(connection, "", "sign-in-failed", by="openid", reason=str(problem), address=address)
        raise Refusal(403, SENTENCES.get(str(problem), OTHERWISE)) from None


def _read_cookie(request: Request, console: Console) -> tuple[Begun, str]:
    try:
        kept = _serializer(console).loads(request.cookies.get(COOKIE, ""), max_age=LONGEST)
    except BadData:
        raise OpenIdError("state") from None
    place = kept.pop("next")
    return Begun(**kept), place


def _read_code(request: Request, console: Console, begun: Begun) -> str:
    sent = request.query_params
    if not hmac.compare_digest(sent.get("state", "").encode(), begun.state.encode()):
        raise OpenIdError("state")
    # RFC 9207: the answer of another provider, sent to us
    if sent.get("iss", console.settings.review_openid_issuer) != console.settings.review_openid_issuer:
        raise OpenIdError("issuer")
    if "error" in sent or not sent.get("code"):
        raise OpenIdError("provider refused")
    return sent["code"]


def _provider(console: Console) -> OpenIdProvider:
    if console.openid is None:
        raise Refusal(404)
    return console.openid


def _serializer(console: Console) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(console.secret, salt="stemcheck-openid")
