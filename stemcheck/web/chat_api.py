"""The calls of the chat API, one function each; docs/chat-api.md is their contract."""

import time
from datetime import datetime, timezone

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stemcheck.replies.helplines import region_of
from stemcheck.web.errors import ApiError
from stemcheck.web.request_body import read_id, read_json, read_text

MAX_COMMENT = 2000


async def open_conversation(request: Request) -> Response:
    """Begin a conversation and greet."""
    state = request.app.state
    await read_json(request, {})
    state.rate_limits.count_opening(_address(request))
    conversation_id, expires_at, messages = await state.chat.open(state.tokens.seconds)
    token = state.tokens.make(conversation_id)
    body = {"conversation_id": conversation_id, "token": token, "expires_at": _iso(expires_at), "messages": messages}
    return JSONResponse(body, 201)


async def send_message(request: Request) -> Response:
    """Answer a message; one that calls for a safety card gets it, however much its visitor has asked for."""
    began, state = time.monotonic(), request.app.state
    conversation_id = await authorised(request)
    spent = time.monotonic() - began  # the time that the body takes is the visitor's own
    body = await read_json(request, {"id": str, "text": str})
    client_id, text = read_id(body), read_text(body)
    region = region_of(request.headers.get("accept-language", "")[:200])
    try:
        state.rate_limits.count_message(conversation_id, _address(request))
    except ApiError as refusal:
        return JSONResponse({"messages": await state.chat.card_or(refusal, text, region)})
    return JSONResponse(
        {"messages": await state.chat.send(conversation_id, client_id, text, region=region, spent=spent)}
    )


async def read_transcript(request: Request) -> Response:
    """Return the conversation so far."""
    conversation_id = await authorised(request)
    messages = await request.app.state.chat.transcript(conversation_id)
    return JSONResponse({"conversation_id": conversation_id, "messages": messages})


async def give_feedback(request: Request) -> Response:
    """Take a thumb, and a comment."""
    conversation_id = await authorised(request)
    body = await read_json(request, {"message_id": str, "helpful": bool}, {"comment": str})
    comment = body.get("comment", "")
    if len(comment) > MAX_COMMENT:
        raise ApiError("too-long", f"The comment is too long. Please send at most {MAX_COMMENT} characters.")
    await request.app.state.chat.give_feedback(conversation_id, read_id(body, "message_id"), body["helpful"], comment)
    return JSONResponse({"message_id": body["message_id"], "helpful": body["helpful"]})


async def erase_conversation(request: Request) -> Response:
    """Erase the conversation and give the receipt."""
    conversation_id = await authorised(request)
    return JSONResponse({"receipt": await request.app.state.chat.erase(conversation_id)})


async def authorised(request: Request) -> str:
    """Return the conversation of the address if the token is its own and it is not erased. Raises ApiError `bad-token`."""
    conversation_id: str = request.path_params["conversation_id"]
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    state = request.app.state
    if scheme.lower() != "bearer" or not state.tokens.fits(token.strip(), conversation_id):
        raise ApiError("bad-token")
    if not await state.chat.is_open(conversation_id):
        raise ApiError("bad-token")
    return conversation_id


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")
