"""The organisation's OpenID provider: where it signs people in, and what it says of whoever it signed in.

Authorization code with PKCE. Authlib and joserfc do the protocol and the signatures; they are loaded when somebody signs in so.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from stemcheck.settings import LOOPBACK, Settings

SECONDS = 5.0  # for each answer of the provider
FRESH = 3600.0  # seconds for which its addresses and keys are kept
LEEWAY = 60  # seconds that two clocks may differ
# signed with a key that the provider alone has: neither "none" nor one made from our own secret
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
Claims = Mapping[str, Any]


class OpenIdError(RuntimeError):
    """Somebody could not be signed in; the message is a word for the audit log, without anything that was sent."""


@dataclass(frozen=True)
class Begun:
    """What is kept of a sign-in between the two visits of the browser."""

    state: str
    nonce: str
    verifier: str

    def as_dict(self) -> dict[str, str]:
        """Return it for the cookie."""
        return asdict(self)


class OpenIdProvider:
    """The provider named by the settings; every method may raise OpenIdError."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._found: dict[str, Any] = {}
        self._found_at = 0.0

    def begin(self) -> tuple[str, Begun]:
        """Return the address at which the provider signs people in, and what must be kept until they come back."""
        begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._discover()["authorization_endpoint"],
                state=begun.state,
                nonce=begun.nonce,
                code_verifier=begun.verifier,
            )
        return str(address), begun

    def claims_of(self, code: str, begun: Begun) -> Claims:
        """Return what the provider says of the person whose code this is, with the signature and every date checked."""
        found = self._discover()
        try:
            with self._client() as client:
                token = client.fetch_token(found["token_endpoint"], code=code, code_verifier=begun.verifier)
                claims = self._check(token, begun)
                if not self._settings.review_openid_claims() <= set(claims) and found.get("userinfo_endpoint"):
                    told = dict(client.get(found["userinfo_endpoint"]).json())
                    claims = {**told, **claims} if told.get("sub") == claims["sub"] else claims
        except OpenIdError:
            raise
        except Exception as problem:  # of the network, of the protocol, or of a body that is no JSON
            raise OpenIdError(f"provider: {type(problem).__name__}") from None
        return claims

    def _check(self, token: Mapping[str, Any], begun: Begun) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        settings = self._settings
        try:
            read = self._decode(str(token.get("id_token") or ""))
            must = {"iss": settings.review_openid_issuer, "aud": settings.review_openid_client_id}
            checked = CodeIDToken(
                read.claims,
                read.header,
                {name: {"essential": True, "value": value} for name, value in must.items()},
                {"nonce": begun.nonce, "client_id": must["aud"], "access_token": token.get("access_token")},
            )
            checked.validate(leeway=LEEWAY)
        except (JoseError, ValueError, TypeError) as problem:
            raise OpenIdError(f"token: {type(problem).__name__}") from None
        return dict(checked)

    def _decode(self, id_token: str) -> Any:
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError
        from joserfc.jwk import KeySet

        try:
            return jwt.decode(id_token, KeySet.import_key_set(self._keys()), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            # perhaps the provider signs with a new key
            return jwt.decode(id_token, KeySet.import_key_set(self._keys(again=True)), algorithms=ALGORITHMS)

    def _keys(self, *, again: bool = False) -> Any:
        found = self._discover()
        if again or "keys" not in found:
            found["keys"] = _get(found["jwks_uri"])
        return found["keys"]

    def _discover(self) -> dict[str, Any]:
        issuer = self._settings.review_openid_issuer
        if time.monotonic() - self._found_at > FRESH or not self._found:
            found = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise OpenIdError("issuer: the provider gives itself another name")
            if not all(_is_safe(found.get(name)) for name in ADDRESSES):
                raise OpenIdError("discovery: an address is missing or not https")
            self._found, self._found_at = found, time.monotonic()
        return self._found

    def _client(self) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        settings = self._settings
        return OAuth2Session(
            settings.review_openid_client_id,
            settings.review_openid_client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if settings.review_openid_client_secret else "none",
            scope=settings.review_openid_scope,
            redirect_uri=settings.review_openid_return_url,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )


def _get(address: str) -> dict[str, Any]:
    try:
        return dict(httpx.get(address, timeout=SECONDS).raise_for_status().json())
    except (httpx.HTTPError, ValueError, TypeError) as problem:
        raise OpenIdError(f"provider: {type(problem).__name__}") from None


def _is_safe(address: object) -> bool:
    parts = urlsplit(str(address or ""))
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
