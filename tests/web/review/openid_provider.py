"""A small OpenID provider on 127.0.0.1: real keys, real signatures, PKCE; and it can be told to lie."""

import base64
import hashlib
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from tests.service import free_ports

CLIENT, SECRET = "stemcheck", "the console's secret"
RETURN = "http://localhost/review/openid/return"


@dataclass
class Provider:
    """Who is signed in there, and what it lies about."""

    issuer: str
    person: dict[str, Any] = field(default_factory=dict)  # claims beside the usual ones
    lies: dict[str, Any] = field(default_factory=dict)  # claims of the ID token that are other than they should be
    told_elsewhere: dict[str, Any] = field(default_factory=dict)  # claims that only its userinfo page has
    name_in_discovery: str = ""
    forge: str = ""  # "none", "our-secret", "other-key"
    refuses: bool = False
    keys: list[RSAKey] = field(default_factory=lambda: [_new_key("first")])
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def reset(self) -> None:
        """Be honest again, with nobody signed in."""
        self.__init__(self.issuer, keys=self.keys)


def _new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


def rotate(provider: Provider) -> None:
    """Sign with a new key from now on."""
    provider.keys = [_new_key(secrets.token_hex(4))]


@contextmanager
def start_provider():
    """Give the running provider."""
    (port,) = free_ports(1)
    provider = Provider(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(build(provider), port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield provider
    server.should_exit = True
    thread.join(10)


def build(provider: Provider) -> Starlette:
    """Return its four pages and the one that names them."""

    async def discovery(_request: Request):
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        found = {name: f"{provider.issuer}/{place}" for name, place in names.items()}
        found["userinfo_endpoint"] = f"{provider.issuer}/userinfo"
        return JSONResponse({"issuer": provider.name_in_discovery or provider.issuer, **found})

    async def authorize(request: Request):
        asked = dict(request.query_params)
        if provider.refuses:
            return RedirectResponse(
                f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}", 302
            )
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert "openid" in asked["scope"].split() and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        provider.codes[code] = asked
        sent = {"code": code, "state": asked["state"], "iss": provider.issuer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(sent)}", 302)

    async def token(request: Request):
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = provider.codes.pop(form.get("code", ""), None)
        if not asked or not _is_our_client(request) or not _fits(asked, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {"iss": provider.issuer, "aud": CLIENT, "sub": "7", "nonce": asked["nonce"], "iat": int(time.time())}
        claims = {**claims, "exp": int(time.time()) + 300, **provider.person, **provider.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        return JSONResponse({"access_token": "open", "token_type": "Bearer", "id_token": _sign(provider, claims)})

    async def keys(_request: Request):
        return JSONResponse({"keys": [key.as_dict(private=False) for key in provider.keys]})

    async def userinfo(request: Request):
        assert request.headers["authorization"] == "Bearer open"
        return JSONResponse({"sub": "7", **provider.told_elsewhere})

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/keys", keys),
            Route("/userinfo", userinfo),
        ]
    )


def _is_our_client(request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme == "Basic" and base64.b64decode(given).decode() == f"{CLIENT}:{SECRET}"


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return challenge == asked["code_challenge"] and form.get("redirect_uri") == asked["redirect_uri"]


def _sign(provider: Provider, claims: dict[str, Any]) -> str:
    key = provider.keys[0]
    if provider.forge == "none":
        return jwt.encode({"alg": "none"}, claims, OctKey.import_key("x" * 32), algorithms=["none"])
    if provider.forge == "our-secret":
        return jwt.encode({"alg": "HS256", "kid": key.kid}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])
    signing = RSAKey.generate_key(2048) if provider.forge == "other-key" else key
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, signing)
