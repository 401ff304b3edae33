"""Rasa's side of the web service: like the REST channel, but a failure is a failure, and nothing in a text is a command."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from stemcheck.nlu.conversation_topic import topic_of

logger = logging.getLogger(__name__)

# Rasa takes a text that begins so for an intent of the caller's choice.
COMMANDS = ("/", "EXTERNAL: ")
# Put in front of such a text. Rasa strips blanks; this mark stays, has no width, and the network's tokenizer drops it.
WORD_JOINER = "\u2060"
TURN_SECONDS = 9.0  # after which nobody waits for the reply any more, whatever hangs


class ChatChannel(InputChannel):
    """`POST /webhooks/stemcheck/webhook`, for loopback alone: whoever may call it can speak for any visitor.

    `POST …/read` reads a message as the assistant would now, without a conversation: for the review console.
    """

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, which is part of its address."""
        return "stemcheck"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes of the channel."""
        blueprint = Blueprint("stemcheck_channel", "stemcheck.nlu.chat_channel")

        @blueprint.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            return json({"ready": bool(agent and agent.is_ready())}, status=200 if agent and agent.is_ready() else 503)

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await answer(request.json, on_new_message)

        @blueprint.post("/read")
        async def read(request: Request) -> HTTPResponse:
            return await read_alone(request.json, getattr(request.app.ctx, "agent", None))

        return blueprint


async def answer(body: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
    """Return the replies as JSON; 500 without the visitor's words in the log when something fails."""
    collector = CollectingOutputChannel()
    text = text_for_rasa(body["message"])
    metadata = {**(body.get("metadata") or {}), "topic": topic_of(body["sender"])}
    message = UserMessage(text, collector, body["sender"], input_channel="web", metadata=metadata)
    try:
        await asyncio.wait_for(on_new_message(message), TURN_SECONDS)
    except asyncio.CancelledError:
        logger.warning("A message was given up: the web service had stopped waiting.")
        return json({"error": "cancelled"}, status=500)
    except Exception as problem:
        logger.error("A message failed: %s", type(problem).__name__)
        return json({"error": "failed"}, status=500)
    return json(move_claims(collector.messages, len(body["message"]) - len(text)))


async def read_alone(body: dict[str, Any], agent: Any) -> HTTPResponse:
    """Return what the pipeline understands of a message in the topic that stands in its metadata; nothing is stored or answered."""
    metadata = dict(body.get("metadata") or {})
    if not agent or not agent.is_ready():
        return json({"error": "not ready"}, status=503)
    message = UserMessage(text_for_rasa(body["message"]), input_channel="web", metadata=metadata)
    try:
        understood = await agent.processor.parse_message(message)
    except Exception as problem:
        logger.error("A message could not be read: %s", type(problem).__name__)
        return json({"error": "failed"}, status=500)
    return json({**understood, "metadata": metadata})


def text_for_rasa(text: str) -> str:
    """Return the text so that Rasa reads it as words, also when it looks like a command."""
    return WORD_JOINER + text if text.startswith(COMMANDS) else text


def move_claims(messages: list[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    """Move the claims' places in the replies and take the mark away, so that they fit the text as the visitor sent it."""
    for claim in (claim for message in messages if by for claim in (message.get("custom") or {}).get("claims", [])):
        claim["start"], claim["end"] = max(0, claim["start"] + by), claim["end"] + by
        claim["text"] = claim["text"].removeprefix(WORD_JOINER)
    return messages
