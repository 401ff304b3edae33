"""Somebody who signs in by the OpenID provider: who they are, their way there and back, and what the console notes of them."""

import httpx
import sqlalchemy as sa

from stemcheck.storage.review_tables import audit, users

VIEWER = {"email": "viewer@example.org", "email_verified": True}
BY_ROLE = {  # settings by which the provider's roles make users
    "review_openid_user_claim": "preferred_username",
    "review_openid_role_claim": "realm_access.roles",
    "review_openid_roles": "ms-team=reviewer, ms-leads=admin, everybody=viewer",
}


def go(browser, begin="/review/openid"):
    """Follow the way there; return the address of the way back."""
    away = browser.get(begin)
    assert away.status_code == 303, away.text
    back = httpx.get(away.headers["location"])
    return back.headers["location"]


def sign_in(browser, begin="/review/openid"):
    """Go there and back; return what the console answers."""
    return browser.get(go(browser, begin))


def last_line(console):
    """Return the newest line of the audit log."""
    with console.engine.connect() as connection:
        return connection.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(1)).mappings().one()


def role_of(console, name):
    """Return the role of a user, or None when there is no such user."""
    with console.engine.connect() as connection:
        return connection.execute(sa.select(users.c.role).where(users.c.name == name)).scalar()
