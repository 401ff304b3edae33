"""Who somebody is whom the OpenID provider signed in: a user of the console, with the role that the provider or an admin gave."""

from collections.abc import Mapping
from typing import Any

from stemcheck.settings import Settings
from stemcheck.storage.audit import write_audit
from stemcheck.storage.sql import Connection
from stemcheck.storage.users import ROLES, User, UserError, add_user, change_role, find_user
from stemcheck.web.review.openid_provider import Claims, OpenIdError


def user_of(connection: Connection, claims: Claims, settings: Settings) -> User:
    """Return the user whom these claims name. Raises OpenIdError when there is none, or when they may not come in."""
    name = _name(claims, settings)
    known = find_user(connection, name)
    if not settings.review_openid_role_claim:
        if known is None:
            raise OpenIdError("unknown user")
        return known
    role = role_of(claims, settings)
    if known and known.role == role:
        return known
    try:
        return _give_role(connection, known, name, role)
    except UserError:
        # shut out, a name that cannot be one, or the last admin
        raise OpenIdError("user refused") from None


def role_of(claims: Claims, settings: Settings) -> str:
    """Return the highest role that the claim of the settings gives. Raises OpenIdError when it gives none."""
    groups = settings.openid_roles()
    held = {groups[value] for value in _values(claims, settings.review_openid_role_claim) if value in groups}
    if not held:
        raise OpenIdError("no role")
    return max(held, key=ROLES.index)


def _give_role(connection: Connection, known: User | None, name: str, role: str) -> User:
    if known:
        change_role(connection, known.name, role)
    else:
        add_user(connection, name, role)
    write_audit(connection, name, "user-role" if known else "user-add", name=name, role=role, by="openid")
    return User(name, role)


def _name(claims: Claims, settings: Settings) -> str:
    claim = settings.review_openid_user_claim
    if claim == "email" and claims.get("email_verified") is not True:
        # whoever may write any address into their own profile would be anybody
        raise OpenIdError("e-mail not verified")
    name = claims.get(claim)
    if not isinstance(name, str) or not name.strip():
        raise OpenIdError("no name")
    return name.strip().lower()


def _values(claims: Claims, path: str) -> list[str]:
    """Return the values of a claim; `realm_access.roles` is a claim inside of another one."""
    found: Any = claims
    for part in [path] if path in claims else path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return [found] if isinstance(found, str) else [value for value in found or [] if isinstance(value, str)]
