"""What a search asks for, as it stands in the address bar."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

from stemcheck.storage.turns import STEPS, label

STATUSES = ("new", "in-review", "done", "later")
FIRST_YEAR = 2000  # no conversation is older, and days before it can still be counted back from it
DATED = ("said", "begun", "thumb")  # what `since` and `until` are dates of, beside the latest activity
THUMBS = ("up", "down")
LABELLED = (
    "claim",
    "mode",
    "verdict",
    "fact",
    "kind",
    "intent",
    "situation",
    "rule",
    "possible",
    "safety",
)  # filters that are labels of a turn


class FilterError(ValueError):
    """A filter has a value that cannot be used; the message says which."""


@dataclass(frozen=True)
class Filters:
    """Every filter; an empty one asks for nothing. Those of turns must all hold for one and the same turn."""

    text: str = ""
    claim: str = ""
    mode: str = ""
    verdict: str = ""
    fact: str = ""
    kind: str = ""
    intent: str = ""
    situation: str = ""
    rule: str = ""
    possible: str = ""
    safety: str = ""
    sure_from: str = ""
    sure_to: str = ""
    since: str = ""
    until: str = ""
    dated: str = ""
    thumb: str = ""
    channel: str = ""
    shortest: str = ""
    longest: str = ""
    tag: str = ""
    reviewer: str = ""
    status: str = ""

    def as_query(self, **more: object) -> str:
        """Return what stands after the `?` of the search's address."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in {**chosen, **more}.items() if value not in ("", None)})

    def as_query_without_words(self) -> str:
        """Return the same for a log: what was looked for may be a visitor's words, and so may a tag."""
        return replace(self, text="", tag="").as_query()

    def labels(self) -> list[list[str]]:
        """Return the labels that a turn must have: of each inner list, one."""
        one_each = [[label(name, getattr(self, name))] for name in LABELLED if getattr(self, name)]
        if not self.sure_from and not self.sure_to:
            return one_each
        first, last = _step(self.sure_from, 0), _step(self.sure_to, 100)
        return [*one_each, [label("sure", step) for step in range(first, max(first, last - 1) + 1)]]

    @property
    def ask_for_turns(self) -> bool:
        """Return whether a filter is on what a turn holds."""
        return bool(self.text or self.labels() or self.said_between() != (None, None))

    def said_between(self) -> tuple[float | None, float | None]:
        """Return from when and until when a turn must have been said, if the dates are those of turns."""
        return self.between() if self.dated == "said" else (None, None)

    def between(self) -> tuple[float | None, float | None]:
        """Return the first second that fits and the first one that does not any more. Raises FilterError."""
        return day_start(self.since), day_start(self.until, days_later=1)


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters of a query string. Raises FilterError."""
    chosen = {field.name: query.get(field.name, "").strip()[:200].replace("\0", "") for field in fields(Filters)}
    filters = Filters(**chosen)
    for name in ("shortest", "longest", "sure_from", "sure_to"):
        value = getattr(filters, name)
        if value and not (value.isascii() and value.isdigit() and len(value) < 7):
            raise FilterError(f"{name.replace('_', ' ')}: please give a whole number.")
    filters.between()
    for name, known in (("status", STATUSES), ("dated", DATED), ("thumb", THUMBS)):
        if getattr(filters, name) and getattr(filters, name) not in known:
            raise FilterError(f"{name}: please choose one of {', '.join(known)}.")
    return filters


def day_start(day: str, *, days_later: int = 0) -> float | None:
    """Return the first second of a day (UTC) written as 2026-05-31, or None for an empty one. Raises FilterError."""
    if not day:
        return None
    try:
        start = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=timezone.utc)
        if start.year < FIRST_YEAR:
            raise ValueError
        return (start + timedelta(days=days_later)).timestamp()
    except (ValueError, OverflowError):
        raise FilterError(f"{day[:20]}: please give a date from {FIRST_YEAR} on, as 2026-05-31.") from None


def _step(percent: str, otherwise: int) -> int:
    return min(STEPS, int(percent or otherwise) // (100 // STEPS))
