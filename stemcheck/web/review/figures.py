"""Figures: what was asked, promised, refused and found helpful; a picture, a table and a CSV of each."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from stemcheck.storage.review_figures import Counts, day_of, figures
from stemcheck.storage.review_filters import FilterError, day_start
from stemcheck.storage.review_queue import QUEUES, count_queues
from stemcheck.web.review.exports import csv_line
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.refused_questions import find_refused
from stemcheck.web.review.visit import Visit

USUAL_DAYS = 30
MOST_DAYS = 370
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
    refused, task = find_refused(visit, first, last)
    context = {
        "first": first,
        "last": last,
        "total": total,
        "days": day_bars(found),
        "pictures": pictures,
        "months": by_month(found),
        "refused": refused,
        "backlog": [(QUEUES[id].title, number, id) for id, number in count_queues(visit.connection).items()],
    }
    answer = visit.render("figures.html", **context)
    answer.background = task
    return answer


def export_figures(visit: Visit) -> Response:
    """Return one figure as CSV: a line a day."""
    first, last = asked_days(visit)
    what = visit.asked("what")
    if what not in {*SUBJECTS, "conversations", "turns", "helpful"}:
        raise Refusal(400)
    found = figures(visit.connection, first, last, time.time())
    values = sorted({value for counts in found.values() for kind, value in counts if kind == what})
    lines = [csv_line(["day", *(value or what for value in values)])]
    lines += [csv_line([day, *(counts[what, value] for value in values)]) for day, counts in found.items()]
    visit.audit("export", what=f"figures {what}", first=first, last=last)
    headers = {"Content-Disposition": f'attachment; filename="stemcheck-{what}.csv"'}
    return Response("".join(lines), media_type="text/csv; charset=utf-8", headers=headers)


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
        query = urlencode({filter_name: id, "since": first, "until": last})
        found.append(Bar(name, number, round(100 * number / longest, 1), f"/review/search?{query}"))
    return found


def day_bars(found: Counts) -> list[Bar]:
    """Return the messages of each day."""
    longest = max((counts["turns", ""] for counts in found.values()), default=0) or 1
    return [
        Bar(
            day,
            counts["turns", ""],
            round(100 * counts["turns", ""] / longest, 1),
            f"/review/search?since={day}&until={day}",
        )
        for day, counts in found.items()
    ]


def by_month(found: Counts) -> dict[str, Any]:
    """Return claim types by month: what do clinics promise this month?"""
    months = sorted({day[:7] for day in found})
    numbers: Counter[tuple[str, str]] = Counter()
    for day, counts in found.items():
        for (what, value), number in counts.items():
            if what == "claim":
                numbers[value, day[:7]] += number
    types = sorted({value for value, _ in numbers}, key=lambda value: -sum(numbers[value, month] for month in months))
    return {
        "months": months,
        "rows": [(type.replace("_", "-"), [numbers[type, month] for month in months]) for type in types],
    }


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
