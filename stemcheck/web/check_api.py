"""`POST /api/check`: the claims of a text."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from stemcheck.replies.claim_cards import check_result
from stemcheck.replies.marked_report import draw_report
from stemcheck.web.admission import Admission
from stemcheck.web.request_body import read_json, read_text

WAITING = 8  # checks in line; each takes a second or two


def admit_checks(at_once: int) -> Admission:
    """Return what admits so many checks at once: the memory that the network takes grows with them."""
    return Admission(at_once, WAITING, retry_after=5)


async def check_text(request: Request) -> Response:
    """Return the claims of a text, places counted from its first letter, as `stemcheck check` gives them, or its report as HTML."""
    body = await read_json(request, {"text": str})
    read_text(body)  # refuses what is empty or too long
    text: str = body["text"]
    state = request.app.state
    state.rate_limits.count_check(request.client.host if request.client else "unknown")
    async with state.checks.enter():
        claims = await to_thread.run_sync(lambda: state.load_spotter().find_claims(text))
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(draw_report(state.library, text, claims, claims_address=str(request.url_for("claims"))))
    return JSONResponse(check_result(state.library, claims, text=text))
