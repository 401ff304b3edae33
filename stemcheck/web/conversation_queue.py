"""Messages of one conversation are answered one after the other; the same message twice is answered once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from stemcheck.web.errors import ApiError

MAX_WAITING = 5  # messages of one conversation

Reply = list[dict[str, Any]]


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: dict[tuple[str, str], asyncio.Task[Reply]] = field(default_factory=dict)


class ConversationQueue:
    """One line of waiting messages a conversation. A visitor who leaves does not stop an answer that is under way."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    async def answer(
        self, conversation_id: str, client_id: str, digest: str, work: Callable[[], Awaitable[Reply]]
    ) -> Reply:
        """Return what `work` returns, run once for all who wait for the same message. Raises ApiError `full`."""
        line = self._lines.setdefault(conversation_id, _Line())
        key = (client_id, digest)
        task = line.waiting.get(key)
        if task is None:
            if len(line.waiting) >= MAX_WAITING:
                raise ApiError("full", retry_after=2)
            task = line.waiting[key] = asyncio.create_task(self._take_turn(line, work))
            task.add_done_callback(lambda _: self._leave(conversation_id, key))
        return await asyncio.shield(task)

    async def _take_turn(self, line: _Line, work: Callable[[], Awaitable[Reply]]) -> Reply:
        async with line.lock:
            return await work()

    def _leave(self, conversation_id: str, key: tuple[str, str]) -> None:
        line = self._lines[conversation_id]
        line.waiting.pop(key, None)
        if not line.waiting:
            del self._lines[conversation_id]
