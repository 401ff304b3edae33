"""Calls that may hang, as one of a database does: each caller waits only so long, and only so many threads can be lost."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class CallTimedOut(RuntimeError):
    """A call took too long; it may still end, or wait for a thread for ever."""


class BoundedCalls:
    """Threads of their own, so that a call that hangs keeps no other kind of call from being made."""

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], Result], seconds: float | None = None) -> Result:
        """Return what `work` returns. Raises CallTimedOut after `seconds`, and what `work` raises."""
        call = asyncio.get_running_loop().run_in_executor(self._pool, work)
        try:
            return await asyncio.wait_for(call, seconds)
        except asyncio.TimeoutError:
            raise CallTimedOut(f"after {seconds:.1f} s") from None

    def close(self) -> None:
        """Take no more calls; those that hang are left alone."""
        self._pool.shutdown(wait=False, cancel_futures=True)
