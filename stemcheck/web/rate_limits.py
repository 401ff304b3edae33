"""How much one visitor and one address may ask for."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from stemcheck.settings import Settings
from stemcheck.web.errors import ApiError


class RateLimits:
    """Counts in memory, a window that moves; each process of the web service counts for itself."""

    def __init__(self, settings: Settings) -> None:
        self._is_on = settings.rate_limits == "on"
        self._storage = MemoryStorage()  # the limiter itself holds it by a weak reference only
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._visitor = RateLimitItemPerMinute(settings.visitor_messages_per_minute)
        self._address = RateLimitItemPerMinute(settings.address_messages_per_minute)
        self._opening = RateLimitItemPerHour(settings.address_conversations_per_hour)

    def count_message(self, conversation_id: str, address: str) -> None:
        """Count a message. Raises ApiError `too-fast` with the seconds to wait."""
        self._count(self._visitor, "visitor", conversation_id)
        self._count(self._address, "address", address)

    def count_check(self, address: str) -> None:
        """Count a call of the check API. Raises ApiError `too-fast`."""
        self._count(self._address, "address", address)

    def count_opening(self, address: str) -> None:
        """Count a new conversation. Raises ApiError `too-fast`."""
        self._count(self._opening, "opening", address)

    def _count(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if self._is_on and not self._limiter.hit(limit, kind, who):
            reset, _ = self._limiter.get_window_stats(limit, kind, who)
            raise ApiError("too-fast", retry_after=max(1, math.ceil(reset - time.time())))
