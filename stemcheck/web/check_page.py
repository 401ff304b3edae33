"""`/check`: a page on which a text is pasted, dropped or photographed, and read beside what it claims. It works without script."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from anyio import to_thread
from jinja2 import Template
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount

from stemcheck.content.schema_guidance import ForeignNotice
from stemcheck.model.heads import ModelMissing
from stemcheck.replies.check_report import compose_report
from stemcheck.replies.claim_review import AUTHOR
from stemcheck.replies.helplines import region_of
from stemcheck.replies.marked_report import LOOKS, MarkedReport, mark_report, template_environment
from stemcheck.replies.pasted_text_report import is_long
from stemcheck.web.errors import ApiError
from stemcheck.web.form_body import is_from_elsewhere, read_text_field
from stemcheck.web.request_body import MAX_CHARACTERS, read_text

TEMPLATES = Path(__file__).parent / "templates"
CALL_FIRST = ("now", "talk")  # the degrees of a card that is shown above the report on a long text, too
FROM_ELSEWHERE = "This text was sent here by another website, so it was not checked. Please paste it here yourself."
NOT_READY = "Texts cannot be checked here just now. Please try again later, or ask in the chat."
NO_STORE = {"Cache-Control": "no-store"}  # what somebody pasted is kept by no cache


@dataclass(frozen=True)
class Outcome:
    """What the page shows: a report, a card, a notice about another language, or what is wrong."""

    text: str = ""
    view: MarkedReport | None = None
    alarm: dict[str, Any] | None = None
    notice: ForeignNotice | None = None
    problem: str = ""
    status: int = 200
    retry_after: int | None = None


async def check_page(request: Request) -> Response:
    """Return the empty form, or the report on the text that was sent. Nothing of it is stored or logged."""
    outcome = Outcome() if request.method in ("GET", "HEAD") else await _check_form(request)
    state = request.app.state
    page = _template().render(
        outcome.__dict__,
        author=state.settings.contact_name or AUTHOR,
        max_chars=MAX_CHARACTERS,
        takes_files=_takes_files(request),
        today=datetime.now(timezone.utc).date() if outcome.view else date.min,
    )
    waiting = {"Retry-After": str(outcome.retry_after)} if outcome.retry_after else {}
    return HTMLResponse(page, outcome.status, {**NO_STORE, **waiting})


async def report_looks(_request: Request) -> Response:
    """Return the style sheet of a report."""
    return FileResponse(LOOKS, media_type="text/css")


async def _check_form(request: Request) -> Outcome:
    if is_from_elsewhere(request):
        return Outcome(problem=FROM_ELSEWHERE, status=403)
    text = ""
    try:
        text = await read_text_field(request, "text")
        return await _check_text(request, read_text({"text": text}))
    except ModelMissing:
        return Outcome(text, problem=NOT_READY, status=503)
    except ApiError as refusal:
        alarm = await _find_card(request, text)
        return Outcome(text, None, alarm, None, refusal.message, refusal.status, refusal.retry_after)


async def _check_text(request: Request, text: str) -> Outcome:
    state = request.app.state
    alarm = await _find_card(request, text)
    state.rate_limits.count_check(request.client.host if request.client else "unknown")
    async with state.checks.enter():
        return await to_thread.run_sync(lambda: _report_on(state, text, alarm))


def _report_on(state: Any, text: str, alarm: dict[str, Any] | None) -> Outcome:
    if language := state.tell_language(text):
        return Outcome(text, None, alarm, state.library.languages.get(language))
    claims = state.load_spotter().find_claims(text)
    return Outcome(text, mark_report(text, compose_report(state.library, text, claims)), alarm)


async def _find_card(request: Request, text: str) -> dict[str, Any] | None:
    """Return the safety card that a text calls for: of a long one, only what cannot wait."""
    message = await request.app.state.chat.find_card(text, region_of(request.headers.get("accept-language", "")))
    if message is None or (is_long(text) and message["card"]["degree"] not in CALL_FIRST):
        return None
    return {**message["card"], "text": request.app.state.library.safety[message["card"]["id"]].text}


def _takes_files(request: Request) -> bool:
    """Return whether this service reads files: then the page has a part for them."""
    mounts = [route for route in request.app.routes if isinstance(route, Mount) and route.path == "/api"]
    return any(getattr(route, "path", "") == "/check/file" for mount in mounts for route in mount.routes or [])


@lru_cache(maxsize=1)
def _template() -> Template:
    return template_environment(TEMPLATES).get_template("check.html")
