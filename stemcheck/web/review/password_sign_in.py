"""A name and a password tried: counted first, then checked while no lock is held."""

import secrets
import time

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import transaction
from stemcheck.storage.sign_in_throttle import count_try, forget_tries, forget_try
from stemcheck.storage.sql import Connection
from stemcheck.storage.users import User, check_password, find_user
from stemcheck.web.review.console import Console
from stemcheck.web.review.refusals import Refusal

DEVICE_COOKIE = "stemcheck_device"
DEVICE_SECONDS = 180 * 86400
LONGEST_NAME = 64


def try_password(request: Request, console: Console, name: str, password: str) -> User | None:
    """Return whose name and password these are, or None. Raises Refusal when too many were wrong."""
    name, now = name.strip().lower()[:LONGEST_NAME], time.time()
    address = request.client.host if request.client else ""
    # whoever signed in here before is not held up by what others try elsewhere
    device = _device(request, console, name)
    who = {"device": device} if device else {"name": name, "address": address}
    with transaction(console.engine) as connection:
        if wait := count_try(connection, now, **who):
            write_audit(connection, _known(connection, name), "sign-in-refused", address=address)
    if wait:
        raise Refusal(429, f"Too many wrong passwords. Please wait {-(-wait // 60)} minutes.", retry_after=wait)
    with console.engine.connect() as connection:
        user = check_password(connection, name, password)
    with transaction(console.engine) as connection:
        if user:
            # a stranger who tries the same name elsewhere gets no new tries by this
            forget_tries(connection, **({"device": device} if device else {"name": name}))
            forget_try(connection, now, address=address)
        else:
            write_audit(connection, _known(connection, name), "sign-in-failed", address=address)
    return user


def remember_device(answer: Response, console: Console, name: str, *, is_secure: bool) -> None:
    """Let this browser try this user's password whatever strangers tried; the cookie opens nothing by itself."""
    kept = _serializer(console).dumps({"name": name, "device": secrets.token_urlsafe(16)})
    place = "/review/sign-in"
    answer.set_cookie(
        DEVICE_COOKIE, kept, DEVICE_SECONDS, path=place, httponly=True, samesite="strict", secure=is_secure
    )


def _device(request: Request, console: Console, name: str) -> str:
    try:
        kept = _serializer(console).loads(request.cookies.get(DEVICE_COOKIE, ""), max_age=DEVICE_SECONDS)
    except BadData:
        return ""
    return str(kept["device"]) if kept["name"] == name else ""


def _known(connection: Connection, name: str) -> str:
    # somebody may have typed a password where the name belongs: what is no user's name is not logged
    user = find_user(connection, name)
    return user.name if user else ""


def _serializer(console: Console) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(console.secret, salt="stemcheck-device")
