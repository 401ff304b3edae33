"""What happens to a visitor's message: written down, handed to Rasa, answered in time, never twice."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial
from typing import Any, TypeVar

from anyio import to_thread

from stemcheck.answers.memory import Memory
from stemcheck.answers.safety import safety_answer
from stemcheck.answers.small_replies import failure, greeting
from stemcheck.content.library import Library
from stemcheck.content.safety_rule import build_safety_rule
from stemcheck.settings import Settings
from stemcheck.storage.store import ConversationGone, StorageUnavailable, Store
from stemcheck.web.conversation_queue import ConversationQueue, Reply
from stemcheck.web.errors import ApiError
from stemcheck.web.metrics import count_failure, count_replies
from stemcheck.web.rasa_client import RasaClient, RasaUnavailable

DEADLINE = 9.5  # seconds after its arrival by which every message has a reply, be it an honest "not now"
Result = TypeVar("Result")


class Chat:
    """Conversations of the chat API."""

    def __init__(
        self, settings: Settings, library: Library, conversations: Store, rasa: RasaClient, secret: str
    ) -> None:
        self._settings = settings
        self._library = library
        self._store = conversations
        self._rasa = rasa
        self._key = secret.encode()
        self._queue = ConversationQueue()
        self._safety_rule = build_safety_rule(library.safety)

    async def open(self, seconds: float) -> tuple[str, float, Reply]:
        """Begin a conversation: return its id, when its token dies (seconds since 1970), and the greeting."""
        conversation_id = secrets.token_urlsafe(16)
        now = time.time()
        greetings = [self._finish(greeting(self._library).as_message())]
        await self._in_store(partial(self._store.open, conversation_id, now, now + seconds, greetings))
        return conversation_id, now + seconds, greetings

    async def send(self, conversation_id: str, client_id: str, text: str, *, region: str = "") -> Reply:
        """Return the reply to a message; sent again, the reply that it had. `region` is the one that the browser names.

        Raises ApiError `id-reused`, `full` or `bad-token`.
        """
        digest = hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
        deadline = time.monotonic() + DEADLINE
        work = partial(self._answer, conversation_id, client_id, text, digest, deadline, region)
        return await self._queue.answer(conversation_id, client_id, digest, work)

    async def _answer(
        self, conversation_id: str, client_id: str, text: str, digest: str, deadline: float, region: str
    ) -> Reply:
        try:
            known = await self._begin(conversation_id, client_id, text, digest)
        except StorageUnavailable as problem:
            return self._fail(text, "database", problem, region)
        if known:
            return known
        if deadline - time.monotonic() < 1:
            return self._fail(text, "waited", None, region)
        try:
            left = deadline - time.monotonic() - 0.5
            replies = await self._rasa.ask(conversation_id, client_id, text, region=region, seconds=left)
        except RasaUnavailable as problem:
            messages = self._fail(text, "rasa", problem, region)
            if messages[0]["kind"] == "error":
                return messages
        else:
            messages = [self._finish(reply) for reply in replies]
        messages = await self._pass_on(conversation_id, client_id, text, messages)
        # an error is not written down: sent again, the message gets another try
        return messages if messages[0]["kind"] == "error" else await self._end(conversation_id, client_id, messages)

    async def _pass_on(self, conversation_id: str, client_id: str, text: str, messages: Reply) -> Reply:
        """Keep the visitor's words for the team if the reply says so; when that fails, the reply says that instead."""
        if not any(message.get("action") == "pass-on" for message in messages):
            return messages
        try:
            await to_thread.run_sync(self._store.keep_for_team, conversation_id, client_id, text)
        except (StorageUnavailable, ConversationGone) as problem:
            count_failure("database", problem)
            return [self._finish(failure(self._library, "handoff-failed").as_message())]
        return messages

    async def _begin(self, conversation_id: str, client_id: str, text: str, digest: str) -> Reply:
        """Return the reply that the message had already, or write the message down and return nothing."""
        found = await to_thread.run_sync(self._store.find_exchange, conversation_id, client_id)
        if found is None:
            try:
                await to_thread.run_sync(self._store.begin_exchange, conversation_id, client_id, text, digest)
            except ConversationGone:
                raise ApiError("bad-token") from None  # erased while the message waited
            return []
        if found["text_digest"] != digest:
            raise ApiError("id-reused")
        if found["messages"]:
            return list(found["messages"])
        late = await to_thread.run_sync(self._store.find_late_reply, conversation_id, client_id, found["received_at"])
        messages = await self._pass_on(conversation_id, client_id, text, [self._finish(reply) for reply in late])
        is_kept = bool(messages) and messages[0]["kind"] != "error"
        return await self._end(conversation_id, client_id, messages) if is_kept else messages

    async def _end(self, conversation_id: str, client_id: str, messages: Reply) -> Reply:
        count_replies(messages)
        try:
            if any(message.get("action") == "erase" for message in messages):
                receipt = await self.erase(conversation_id)
                return [
                    {**message, "receipt": receipt} if message.get("action") == "erase" else message
                    for message in messages
                ]
            await to_thread.run_sync(self._store.end_exchange, conversation_id, client_id, messages)
        except StorageUnavailable as problem:
            # the reply is good and Rasa has stored the turn; sent again, it is found there
            count_failure("database", problem)
        return messages

    async def transcript(self, conversation_id: str) -> Reply:
        """Return all messages of a conversation, oldest first."""
        return list(await self._in_store(partial(self._store.transcript, conversation_id)))

    async def give_feedback(self, conversation_id: str, message_id: str, helpful: bool, comment: str) -> None:
        """Write down a thumb. Raises ApiError `not-found` when the conversation has no such message."""
        if not await self._in_store(partial(self._store.give_feedback, conversation_id, message_id, helpful, comment)):
            raise ApiError("not-found", "This conversation has no message with that id.")

    async def erase(self, conversation_id: str) -> dict[str, Any]:
        """Erase a conversation everywhere and return the receipt."""
        rows = await self._in_store(partial(self._store.erase, conversation_id))
        return {"conversation_id": conversation_id, "erased_at": _iso(time.time()), "stores": rows}

    async def is_open(self, conversation_id: str) -> bool:
        """Return whether the conversation is there; True as well when nobody can tell, so that a safety card can still come."""
        try:
            return bool(await to_thread.run_sync(self._store.is_open, conversation_id))
        except StorageUnavailable:
            return True

    async def _in_store(self, work: Callable[[], Result]) -> Result:
        try:
            return await to_thread.run_sync(work)
        except StorageUnavailable as problem:
            count_failure("database", problem)
            raise ApiError("unavailable", retry_after=10) from None
        except ConversationGone:
            raise ApiError("bad-token") from None  # erased in the same moment

    def _fail(self, text: str, what: str, problem: Exception | None, region: str) -> Reply:
        """Return the safety card if the message calls for one, else the honest reply that it can't be answered now."""
        count_failure(what, problem)
        card = self._safety_rule.find(text)
        if card:
            answer = safety_answer(self._library, card.id, Memory(), self._settings.country, region)[0]
            return [self._finish(answer.as_message())]
        return [self._finish(failure(self._library, "error-slow" if what == "waited" else "error-down").as_message())]

    @staticmethod
    def _finish(message: dict[str, Any]) -> dict[str, Any]:
        return {"id": secrets.token_urlsafe(9), "sent_at": _iso(time.time()), **message}


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
