"""`POST /api/check`: the claims of a text."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stemcheck.replies.claim_cards import check_result
from stemcheck.web.admission import Admission
from stemcheck.web.request_body import read_json, read_text

WAITING = 8  # checks in line; each takes a second or two


def admit_checks(at_once: int) -> Admission:
    """Return what admits so many checks at once: the memory that the network takes grows with them."""
    return Admission(at_once, WAITING, retry_after=5)


async def check_text(request: Request) -> Response:
    """Return the claims of a text of up to 8,000 characters, as `stemcheck check` gives them: places count from its first."""
    body = await read_json(request, {"text": str})
    read_text(body)  # refuses what is empty or too long
    text: str = body["text"]
    state = request.app.state
    state.rate_limits.count_check(request.client.host if request.client else "unknown")
    async with state.checks.enter():
        claims = await to_thread.run_sync(lambda: state.load_spotter().find_claims(text))
    return JSONResponse(check_result(state.library, claims))
