"""Pages for what cannot be done: not signed in, not allowed, not there, wrong values, database away."""

import logging
import traceback
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from stemcheck.storage.review_filters import FilterError
from stemcheck.storage.review_work import WorkError
from stemcheck.storage.sql import SQLAlchemyError
from stemcheck.storage.users import UserError

logger = logging.getLogger(__name__)

SENTENCES = {
    400: "Something in this request cannot be used.",
    401: "Please sign in again. Your session has ended.",
    403: "You are not allowed to do this.",
    404: "Page not found. What stood here may have been erased.",
    405: "This address cannot be used like that.",
    413: "That was too much at once.",
    429: "Too many wrong passwords. Please wait.",
    500: "Something went wrong on our side.",
    503: "The database does not answer. Please try again in a minute.",
}


class Refusal(HTTPException):
    """A request that gets a page with a sentence instead."""

    def __init__(self, status: int, sentence: str = "", *, retry_after: int = 0) -> None:
        headers = {"Retry-After": str(retry_after)} if retry_after else None
        super().__init__(status, sentence or SENTENCES[status], headers)


def answer_refusal(request: Request, problem: Exception) -> Response:
    """Return the page for a problem, with the menu for whoever is signed in. Only its kind is logged: its words may be a visitor's."""
    refusal = as_refusal(problem)
    status = refusal.status_code
    sentence = refusal.detail if isinstance(refusal, Refusal) else SENTENCES.get(status, SENTENCES[400])
    # `here` marks no entry of the menu: this is none of those pages
    shown = {"user": None, "csrf": "", "here": "", "done": "", **getattr(request.state, "signed_in", {})}
    back = getattr(request.state, "back", "")
    template = request.app.state.console.templates.get_template("refusal.html")
    page = template.render(status=status, sentence=sentence, back=back, **shown)
    return HTMLResponse(page, status, refusal.headers)


def as_refusal(problem: Exception) -> HTTPException:
    """Return the refusal that a problem comes to."""
    if isinstance(problem, HTTPException):
        return problem
    if isinstance(problem, FilterError | WorkError | UserError):
        return Refusal(400, str(problem))
    logger.error("A page of the review console failed: %s at %s", type(problem).__name__, _place_of(problem))
    return Refusal(503 if isinstance(problem, SQLAlchemyError) else 500)


def _place_of(problem: Exception) -> str:
    """Return where it happened, without the words of the problem."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "stemcheck" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "an unknown place"
