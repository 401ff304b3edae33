"""One request of a signed-in person: who, what was sent, and how to answer."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stemcheck.storage.audit import write_audit
from stemcheck.storage.review_sessions import Session
from stemcheck.storage.sql import Connection
from stemcheck.storage.users import User
from stemcheck.web.review.console import Console
from stemcheck.web.review.refusals import Refusal

HOME = "/review/"
MOST_PAGES = 1000


@dataclass(frozen=True)
class Visit:
    """A request whose sender is known and allowed to make it; `connection` is one transaction."""

    request: Request
    console: Console
    connection: Connection
    session: Session
    form: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """Who asks."""
        return self.session.user

    def asked(self, name: str) -> str:
        """Return a value of the query string, or nothing."""
        return self.request.query_params.get(name, "").replace("\0", "")

    def sent(self, name: str) -> str:
        """Return a value of the form, or nothing."""
        return next(iter(self.form.get(name, [])), "")

    def number(self, name: str, *, least: int = 0, most: int = 2**31 - 1) -> int:
        """Return a whole number of the form or the query string; `least` when there is none. Raises Refusal."""
        value = self.sent(name) or self.asked(name)
        if not value:
            return least
        if not (value.isascii() and value.isdigit() and len(value) < 11 and least <= int(value) <= most):
            raise Refusal(400, f"{name}: this is no number that fits.")
        return int(value)

    def page_number(self) -> int:
        """Return the page that is asked for."""
        return self.number("page", least=1, most=MOST_PAGES)

    def audit(self, action: str, conversation_id: str = "", **detail: Any) -> None:
        """Add a line to the audit log."""
        write_audit(self.connection, self.user.name, action, conversation_id, **detail)

    def let_go(self) -> None:
        """Write down what was done so far, and hold no lock any more; the database can't be asked again in this visit."""
        self.connection.commit()

    def render(self, template: str, **context: Any) -> Response:
        """Return a page. Everything that it shows was read before: visitors need not wait while it is made."""
        self.let_go()
        shared = {"user": self.user, "csrf": self.session.csrf, "here": here(self.request), "done": self._done()}
        page = self.console.templates.get_template(template)
        return HTMLResponse(page.render(**shared, library=self.console.library, **context))

    def tell(self, place: str, done: str) -> Response:
        """Send the browser to a page of the console that says what was done; no link of somebody else can make it say so."""
        path, mark, anchor = place.partition("#")
        told = f"{done}.{self._seal(done)}"
        return RedirectResponse(f"{path}{'&' if '?' in path else '?'}done={told}{mark}{anchor}", 303)

    def go_back(self, otherwise: str = HOME, *, done: str = "saved") -> Response:
        """Send the browser to where the form came from; the page there says what was done."""
        return self.tell(safe_place(self.sent("back"), otherwise), done)

    def _done(self) -> str:
        done, _, seal = self.asked("done").partition(".")
        return done if hmac.compare_digest(seal.encode(), self._seal(done).encode()) else ""

    def _seal(self, done: str) -> str:
        return hmac.new(self.session.csrf.encode(), done.encode(), hashlib.sha256).hexdigest()[:12]


def here(request: Request) -> str:
    """Return the address of this page, without what was done last."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "done"]
    return request.url.path + (f"?{urlencode(kept)}" if kept else "")


def safe_place(place: str, otherwise: str = HOME) -> str:
    """Return `place` if it is a page of the console, so that a link can't lead elsewhere after sign-in."""
    parts = urlsplit(place)
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/review/") and ".." not in parts.path
    is_clean = place.isprintable() and "\\" not in place and not place.startswith("//")
    return place if is_ours and is_clean else otherwise
