"""Calls of the store beside the event loop, each within its time."""

import math
import time
from collections.abc import Callable
from typing import TypeVar

from stemcheck.storage.store import ConversationGone, StorageUnavailable
from stemcheck.web.bounded_calls import BoundedCalls, CallTimedOut
from stemcheck.web.errors import ApiError
from stemcheck.web.metrics import count_failure

CALL_SECONDS = 3.5  # a little more than a writer waits for another one
LEAST_SECONDS = 0.2  # for a call when the deadline is near
THREADS = 16
Result = TypeVar("Result")


class StoreCalls:
    """Threads for the database alone: when it hangs, they hang, and nothing else does."""

    def __init__(self) -> None:
        self._calls = BoundedCalls(THREADS, "database")

    async def run(
        self, work: Callable[[], Result], *, deadline: float = math.inf, seconds: float = CALL_SECONDS
    ) -> Result:
        """Return what a method of the store returns. Raises what it raises, and StorageUnavailable when it takes too long."""
        left = max(LEAST_SECONDS, min(seconds, deadline - time.monotonic()))
        try:
            return await self._calls.run(work, left)
        except CallTimedOut as problem:
            raise StorageUnavailable(str(problem)) from None

    async def ask(self, work: Callable[[], Result], *, seconds: float = CALL_SECONDS) -> Result:
        """Return what a method of the store returns. Raises ApiError `unavailable` or `bad-token`."""
        try:
            return await self.run(work, seconds=seconds)
        except StorageUnavailable as problem:
            count_failure("database", problem)
            raise ApiError("unavailable", retry_after=10) from None
        except ConversationGone:
            raise ApiError("bad-token") from None  # erased in the same moment

    def close(self) -> None:
        """Take no more calls."""
        self._calls.close()
