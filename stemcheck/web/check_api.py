"""`POST /api/check`: the claims of a text."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stemcheck.answers.claim_cards import check_result
from stemcheck.web.request_body import read_json, read_text


async def check_text(request: Request) -> Response:
    """Return the claims of a text of up to 8,000 characters, as `stemcheck check` gives them."""
    body = await read_json(request, {"text": str})
    text = read_text(body)
    state = request.app.state
    state.rate_limits.count_check(request.client.host if request.client else "unknown")
    claims = await to_thread.run_sync(lambda: state.load_spotter().find_claims(text))
    return JSONResponse(check_result(state.library, claims))
