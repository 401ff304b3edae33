"""How much heavy work is done at once, over all visitors: more than that waits in a short line, and more than the line is refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from stemcheck.web.errors import ApiError


class Admission:
    """A few pieces of work at once and a few that wait."""

    def __init__(self, at_once: int, waiting: int, retry_after: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._retry_after = retry_after
        self._here = 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Wait for a turn and keep it. Raises ApiError `busy` when the line is full."""
        if self._here >= self._most:
            raise ApiError("busy", retry_after=self._retry_after)
        self._here += 1
        try:
            async with self._free:
                yield
        finally:
            self._here -= 1
