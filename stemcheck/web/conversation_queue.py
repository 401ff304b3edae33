"""Messages of one conversation are answered one after the other; the same message twice is answered once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from stemcheck.web.errors import ApiError

MAX_WAITING = 5  # messages of one conversation

Reply = list[dict[str, Any]]
Answer = Callable[[], Awaitable[Reply]]


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: dict[tuple[str, str], asyncio.Task[Reply]] = field(default_factory=dict)


class ConversationQueue:
    """One line of waiting messages a conversation. A visitor who leaves does not stop an answer that is under way."""

    def __init__(self, most: int) -> None:
        self._lines: dict[str, _Line] = {}
        self._most = most  # messages of all conversations
        self._here = 0

    async def answer(
        self, conversation_id: str, client_id: str, digest: str, work: Answer, late: Answer, deadline: float
    ) -> Reply:
        """Return what `work` returns, run once for all who wait for the same message; what `late` does when its turn comes too late.

        Raises ApiError `full` when too many messages of the conversation wait, `busy` when too many of all do.
        """
        line = self._lines.get(conversation_id) or _Line()
        key = (client_id, digest)
        task = line.waiting.get(key)
        if task is None:
            if len(line.waiting) >= MAX_WAITING:
                raise ApiError("full", retry_after=2)
            if self._here >= self._most:
                raise ApiError("busy", retry_after=5)
            self._here += 1
            self._lines[conversation_id] = line
            task = line.waiting[key] = asyncio.create_task(self._take_turn(line, work, late, deadline))
            task.add_done_callback(lambda _: self._leave(conversation_id, key))
        return await asyncio.shield(task)

    async def _take_turn(self, line: _Line, work: Answer, late: Answer, deadline: float) -> Reply:
        try:
            await asyncio.wait_for(line.lock.acquire(), max(0.0, deadline - time.monotonic()))
        except asyncio.TimeoutError:
            return await late()
        try:
            return await work()
        finally:
            line.lock.release()

    def _leave(self, conversation_id: str, key: tuple[str, str]) -> None:
        self._here -= 1
        line = self._lines[conversation_id]
        line.waiting.pop(key, None)
        if not line.waiting:
            del self._lines[conversation_id]
