"""Figures: what was asked, promised, refused and found helpful; a picture and a table of each. `figure_files.py` has the CSV."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from stemcheck.storage.review_figures import Counts, day_of, figures
from stemcheck.storage.review_filters import FilterError, day_start
from stemcheck.storage.review_queue import QUEUES, count_queues
from stemcheck.web.review.refused_questions import find_refused
from stemcheck.web.review.visit import Visit

USUAL_DAYS = 30
MOST_DAYS = 370
MOST_GROUPS = 30  # of refused questions, on the page
# what is counted in labels → the filter that finds it, and the picture's title
SUBJECTS = {
    "claim": ("claim", "Claims that visitors met"),
    "possible": ("possible", "Possible claims"),
    "verdict": ("verdict", "Verdicts"),
    "kind": ("kind", "Kinds of reply"),
    "safety": ("safety", "Safety cards"),
}


@dataclass(frozen=True)
class Bar:
    """One bar: a name, how much, its length in percent of the longest, and the address of its conversations."""

    name: str
    number: int
    length: float
    address: str


def show_figures(visit: Visit) -> Response:
    """Show the figures of some days."""
    first, last = asked_days(visit)
    found = figures(visit.connection, first, last, time.time())
    total = sum(found.values(), Counter())
    pictures = {subject: (title, bars(visit, total, subject, first, last)) for subject, (_, title) in SUBJECTS.items()}
    waiting = count_queues(visit.connection)
    visit.audit("view-figures", first=first, last=last)
    refused, task = find_refused(visit, first, last)
    context = {
        "first": first,
        "last": last,
        "tiles": tiles(total, first, last),
        "days": day_bars(found),
        "pictures": pictures,
        "months": by_month(found),
        "refused": refused,
        "most_groups": MOST_GROUPS,
        "backlog": [(QUEUES[id].title, number, id) for id, number in waiting.items()],
    }
    answer = visit.render("figures.html", **context)
    answer.background = task
    return answer


def asked_days(visit: Visit) -> tuple[str, str]:
    """Return the first and the last day asked for; the last 30 days by default. Raises FilterError."""
    last = visit.asked("until") or day_of(time.time())
    end = day_start(last) or 0.0
    first = visit.asked("since") or day_of(end - (USUAL_DAYS - 1) * 86400)
    if not 0 <= (end - (day_start(first) or 0.0)) / 86400 < MOST_DAYS:
        raise FilterError(f"Please choose at most {MOST_DAYS} days, the first one before the last.")
    return first, last


def bars(visit: Visit, total: Counter[tuple[str, str]], subject: str, first: str, last: str) -> list[Bar]:
    """Return the bars of one subject, longest first."""
    numbers = sorted(((n, value) for (what, value), n in total.items() if what == subject and n), reverse=True)
    longest = numbers[0][0] if numbers else 1
    filter_name, names = SUBJECTS[subject][0], _names(visit, subject)
    found = []
    for number, value in numbers:
        id, name = names.get(value, (value, value.replace("_", " ")))
        found.append(Bar(name, number, round(100 * number / longest, 1), _said(first, last, **{filter_name: id})))
    return found


def day_bars(found: Counts) -> list[Bar]:
    """Return the messages of each day."""
    longest = max((counts["turns", ""] for counts in found.values()), default=0) or 1
    return [
        Bar(day, counts["turns", ""], round(100 * counts["turns", ""] / longest, 1), _said(day, day))
        for day, counts in found.items()
    ]


def tiles(total: Counter[tuple[str, str]], first: str, last: str) -> list[Bar]:
    """Return the totals, each with its conversations."""
    dates = {"since": first, "until": last}
    helpful, not_helpful = total["helpful", "yes"], total["helpful", "no"]
    return [
        Bar("Conversations begun", total["conversations", ""], 0, _search(**dates, dated="begun")),
        Bar("Messages", total["turns", ""], 0, _said(first, last)),
        Bar("Thumbs up", helpful, 0, _search(**dates, dated="thumb", thumb="up")),
        Bar("Thumbs down", not_helpful, 0, _search(**dates, dated="thumb", thumb="down")),
    ]


def by_month(found: Counts) -> tuple[list[str], list[tuple[str, list[Bar]]]]:
    """Return the months, and for each claim type (most frequent first) its number in each: what do clinics promise this month?"""
    days: dict[str, list[str]] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for day, counts in found.items():
        days.setdefault(day[:7], []).append(day)
        for (what, value), number in counts.items():
            if what == "claim":
                numbers[value.replace("_", "-"), day[:7]] += number
    types = sorted({type for type, _ in numbers}, key=lambda type: -sum(numbers[type, month] for month in days))
    return list(days), [
        (
            type,
            [Bar(month, numbers[type, month], 0, _said(each[0], each[-1], claim=type)) for month, each in days.items()],
        )
        for type in types
    ]


def _said(first: str, last: str, **filters: str) -> str:
    return _search(**filters, since=first, until=last, dated="said")


def _search(**filters: str) -> str:
    return f"/review/search?{urlencode(filters)}"


def _names(visit: Visit, subject: str) -> dict[str, tuple[str, str]]:
    library = visit.console.library
    items: Any = {"claim": library.claim_types, "possible": library.claim_types, "verdict": library.verdicts}.get(
        subject, {}
    )
    named = {id.replace("-", "_"): (id, str(item.label)) for id, item in items.items()}
    cards = (
        {id.replace("-", "_"): (id, str(item.title)) for id, item in library.safety.items()}
        if subject == "safety"
        else {}
    )
    return {
        **named,
        **cards,
        **(
            {"out_of_scope": ("out-of-scope", "out of scope"), "clinic_check": ("clinic-check", "clinic check")}
            if subject == "kind"
            else {}
        ),
    }
