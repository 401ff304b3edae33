"""What happens to a visitor's message: written down, handed to Rasa, answered in time, never twice."""

import hashlib
import hmac
import secrets
import time
from datetime import datetime, timezone
from functools import partial
from typing import Any

from stemcheck.content.library import Library
from stemcheck.replies.clarification import failure, greeting
from stemcheck.settings import Settings
from stemcheck.storage.store import ConversationGone, StorageUnavailable, Store
from stemcheck.web.alarm import Alarm
from stemcheck.web.conversation_queue import ConversationQueue, Reply
from stemcheck.web.errors import ApiError
from stemcheck.web.metrics import count_failure, count_replies
from stemcheck.web.rasa_client import RasaClient, RasaUnavailable
from stemcheck.web.store_calls import StoreCalls

DEADLINE = 9.0  # seconds after its arrival by which every message has a reply, be it an honest "not now"
OPEN_SECONDS = 2.0  # to find out whether a conversation is there
FOR_REVIEWERS = frozenset({"rule"})  # keys of a reply that visitors do not get; Rasa stores them with the turn
ERASE_SECONDS = 15.0  # nobody but the caller waits for it


class Chat:
    """Conversations of the chat API."""

    def __init__(
        self, settings: Settings, library: Library, conversations: Store, rasa: RasaClient, secret: str
    ) -> None:
        self._library = library
        self._store = conversations
        self._rasa = rasa
        self._key = secret.encode()
        self._queue = ConversationQueue(settings.messages_at_once)
        self._alarm = Alarm(library, settings.country)
        self._calls = StoreCalls()

    def close(self) -> None:
        """End the threads."""
        self._calls.close()
        self._alarm.close()

    async def open(self, seconds: float) -> tuple[str, float, Reply]:
        """Begin a conversation: return its id, when its token dies (seconds since 1970), and the greeting."""
        conversation_id = secrets.token_urlsafe(16)
        now = time.time()
        greetings = [self._finish(greeting(self._library).as_message())]
        await self._calls.ask(partial(self._store.open, conversation_id, now, now + seconds, greetings))
        return conversation_id, now + seconds, greetings

    async def send(
        self, conversation_id: str, client_id: str, text: str, *, region: str = "", spent: float = 0.0
    ) -> Reply:
        """Return the reply to a message; sent again, the reply that it had. `region` is the one that the browser names.

        `spent` are the seconds since it arrived. Raises ApiError `id-reused`, `full`, `busy` or `bad-token`; a message that
        calls for a safety card gets it instead of `full` and `busy`.
        """
        digest = hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
        deadline = time.monotonic() + DEADLINE - spent
        work = partial(self._answer, conversation_id, client_id, text, digest, deadline, region)
        late = partial(self._fail, text, "waited", None, region)
        try:
            return await self._queue.answer(conversation_id, client_id, digest, work, late, deadline)
        except ApiError as refusal:
            if refusal.retry_after is None:
                raise
            return await self.card_or(refusal, text, region)

    async def find_card(self, text: str, region: str) -> dict[str, Any] | None:
        """Return the safety card that a text calls for, as a message still without id; it is not written down."""
        return await self._alarm.find(text, region)

    async def card_or(self, refusal: ApiError, text: str, region: str) -> Reply:
        """Return the safety card of a message that is refused for now, or raise the refusal. Neither is written down."""
        card = await self._alarm.find(text, region)
        if card is None:
            raise refusal
        count_replies([card])
        return [self._finish(card)]

    async def _answer(
        self, conversation_id: str, client_id: str, text: str, digest: str, deadline: float, region: str
    ) -> Reply:
        try:
            known = await self._begin(conversation_id, client_id, text, digest, deadline)
        except StorageUnavailable as problem:
            return await self._fail(text, "database", problem, region)
        if known:
            return known
        if deadline - time.monotonic() < 1:
            return await self._fail(text, "waited", None, region)
        try:
            left = deadline - time.monotonic() - 0.5
            replies = await self._rasa.ask(conversation_id, client_id, text, region=region, seconds=left)
        except RasaUnavailable as problem:
            messages = await self._fail(text, "rasa", problem, region)
            if messages[0]["kind"] == "error":
                return messages
        else:
            messages = [self._finish(reply) for reply in replies]
        messages = await self._pass_on(conversation_id, client_id, text, messages, deadline)
        # an error is not written down: sent again, the message gets another try
        is_kept = messages[0]["kind"] != "error"
        return await self._end(conversation_id, client_id, messages, deadline) if is_kept else messages

    async def _pass_on(
        self, conversation_id: str, client_id: str, text: str, messages: Reply, deadline: float
    ) -> Reply:
        """Keep the visitor's words for the team if the reply says so; when that fails, the reply says that instead."""
        if not any(message.get("action") == "pass-on" for message in messages):
            return messages
        try:
            await self._calls.run(
                partial(self._store.keep_for_team, conversation_id, client_id, text), deadline=deadline
            )
        except (StorageUnavailable, ConversationGone) as problem:
            count_failure("database", problem)
            return [self._finish(failure(self._library, "handoff-failed").as_message())]
        return messages

    async def _begin(self, conversation_id: str, client_id: str, text: str, digest: str, deadline: float) -> Reply:
        """Return the reply that the message had already, or write the message down and return nothing."""
        look = partial(self._store.find_exchange, conversation_id, client_id)
        found = await self._calls.run(look, deadline=deadline)
        if found is None:
            begin = partial(self._store.begin_exchange, conversation_id, client_id, text, digest)
            try:
                await self._calls.run(begin, deadline=deadline)
                return []
            except ConversationGone:
                # written down in this moment, by a call that came late or by another process; or the conversation was erased
                found = await self._calls.run(look, deadline=deadline)
                if found is None:
                    raise ApiError("bad-token") from None
        if found["text_digest"] != digest:
            raise ApiError("id-reused")
        if found["messages"]:
            return list(found["messages"])
        return await self._find_late(conversation_id, client_id, text, found["received_at"], deadline)

    async def _find_late(self, conversation_id: str, client_id: str, text: str, since: float, deadline: float) -> Reply:
        """Return what Rasa answered when nobody waited for it any more, or nothing."""
        look = partial(self._store.find_late_reply, conversation_id, client_id, since)
        found = [self._finish(reply) for reply in await self._calls.run(look, deadline=deadline)]
        messages = await self._pass_on(conversation_id, client_id, text, found, deadline)
        is_kept = bool(messages) and messages[0]["kind"] != "error"
        return await self._end(conversation_id, client_id, messages, deadline) if is_kept else messages

    async def _end(self, conversation_id: str, client_id: str, messages: Reply, deadline: float) -> Reply:
        count_replies(messages)
        try:
            if any(message.get("action") == "erase" for message in messages):
                receipt = await self.erase(conversation_id, deadline - time.monotonic())
                return [
                    {**message, "receipt": receipt} if message.get("action") == "erase" else message
                    for message in messages
                ]
            await self._calls.run(
                partial(self._store.end_exchange, conversation_id, client_id, messages), deadline=deadline
            )
        except StorageUnavailable as problem:
            # the reply is good and Rasa has stored the turn; sent again, it is found there
            count_failure("database", problem)
        return messages

    async def transcript(self, conversation_id: str) -> Reply:
        """Return all messages of a conversation, oldest first."""
        return list(await self._calls.ask(partial(self._store.transcript, conversation_id)))

    async def give_feedback(self, conversation_id: str, message_id: str, helpful: bool, comment: str) -> None:
        """Write down a thumb. Raises ApiError `not-found` when the conversation has no such message."""
        if not await self._calls.ask(partial(self._store.give_feedback, conversation_id, message_id, helpful, comment)):
            raise ApiError("not-found", "This conversation has no message with that id.")

    async def erase(self, conversation_id: str, seconds: float = ERASE_SECONDS) -> dict[str, Any]:
        """Erase a conversation everywhere and return the receipt."""
        rows = await self._calls.ask(partial(self._store.erase, conversation_id), seconds=seconds)
        return {"conversation_id": conversation_id, "erased_at": _iso(time.time()), "stores": rows}

    async def is_open(self, conversation_id: str) -> bool:
        """Return whether the conversation is there; True as well when nobody can tell, so that a safety card can still come."""
        try:
            return bool(await self._calls.run(partial(self._store.is_open, conversation_id), seconds=OPEN_SECONDS))
        except StorageUnavailable:
            return True

    async def _fail(self, text: str, what: str, problem: Exception | None, region: str) -> Reply:
        """Return the safety card if the message calls for one, else the honest reply that it can't be answered now."""
        count_failure(what, problem)
        card = await self._alarm.find(text, region)
        sorry = failure(self._library, "error-slow" if what == "waited" else "error-down")
        return [self._finish(card or sorry.as_message())]

    @staticmethod
    def _finish(message: dict[str, Any]) -> dict[str, Any]:
        shown = {name: value for name, value in message.items() if name not in FOR_REVIEWERS}
        return {"id": secrets.token_urlsafe(9), "sent_at": _iso(time.time()), **shown}


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
