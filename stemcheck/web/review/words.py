"""How values are written for people."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

STATUS_NAMES = {"new": "New", "in-review": "In review", "done": "Done", "later": "Later"}


def moment(seconds: float | None) -> str:
    """Return a moment as "22 Nov 2026, 07:29" (UTC)."""
    if not seconds:
        return "never"
    found = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{found.day} {found:%b %Y, %H:%M}"


def iso(seconds: float | None) -> str:
    """Return a moment for the attribute `datetime`."""
    return datetime.fromtimestamp(seconds or 0, timezone.utc).isoformat(timespec="seconds")


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 turn" or "3 turns"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float | None) -> str:
    """Return 0.873 as "87 %"."""
    return "unknown" if share is None else f"{share * 100:.0f} %"


def plain(id: str) -> str:
    """Return an id in words: `out-of-scope` is "out of scope"."""
    return id.replace("-", " ").replace("_", " ")


def shorten(text: str, letters: int = 140) -> str:
    """Return the beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= letters else flat[:letters].rsplit(" ", 1)[0] + " …"


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "iso": iso,
    "count": count,
    "percent": percent,
    "plain": plain,
    "shorten": shorten,
    "status_name": lambda status: STATUS_NAMES.get(status, status),
}
