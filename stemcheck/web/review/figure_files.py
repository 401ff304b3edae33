"""Each figure as CSV."""

import time
from collections.abc import Iterable

from starlette.responses import Response

from stemcheck.storage.review_figures import Counts, figures, refused_questions
from stemcheck.storage.review_queue import QUEUES, count_queues
from stemcheck.web.review.csv_format import BYTE_ORDER_MARK, csv_line
from stemcheck.web.review.figures import SUBJECTS, asked_days, by_month
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.refused_questions import MOST_GROUPED, find_refused
from stemcheck.web.review.visit import Visit

DAY_BY_DAY = {*SUBJECTS, "conversations", "turns", "helpful"}
Lines = list[list[object]]


def export_figures(visit: Visit) -> Response:
    """Return one figure as CSV: a line a day, or what its table shows."""
    first, last = asked_days(visit)
    what = visit.asked("what")
    if what == "backlog":
        lines: Lines = [[QUEUES[id].title, number] for id, number in count_queues(visit.connection).items()]
        visit.audit("export", what="figures backlog")
        return _send(what, [["queue", "conversations"], *lines])
    if what not in {*DAY_BY_DAY, "months"}:
        raise Refusal(400)
    found = figures(visit.connection, first, last, time.time())
    visit.audit("export", what=f"figures {what}", first=first, last=last)
    return _send(what, month_lines(found) if what == "months" else day_lines(found, what))


def export_refused(visit: Visit) -> Response:
    """Return all refused questions as CSV, the newest with the number of their group, older ones behind them without."""
    first, last = asked_days(visit)
    visit.audit("export", what="figures refused", first=first, last=last)
    older = refused_questions(visit.connection, first, last, skip=MOST_GROUPED)
    refused, task = find_refused(visit, first, last)
    lines: Lines = [
        [number, len(group.questions), question["text"], question["conversation_id"]]
        for number, group in enumerate(refused.groups, 1)
        for question in group.questions
    ]
    lines += [["", "", question["text"], question["conversation_id"]] for question in older]
    answer = _send("refused", [["group", "questions in it", "question", "conversation_id"], *lines])
    answer.background = task
    return answer


def day_lines(found: Counts, what: str) -> Lines:
    """Return a line a day, with a column for each value that was met."""
    values = sorted({value for counts in found.values() for kind, value in counts if kind == what})
    return [
        ["day", *(value or what for value in values)],
        *([day, *(counts[what, value] for value in values)] for day, counts in found.items()),
    ]


def month_lines(found: Counts) -> Lines:
    """Return a line for each claim type, with a column for each month."""
    months, rows = by_month(found)
    return [["claim type", *months], *([type, *(bar.number for bar in bars)] for type, bars in rows)]


def _send(what: str, lines: Iterable[Iterable[object]]) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="stemcheck-{what}.csv"'}
    written = BYTE_ORDER_MARK + "".join(csv_line(line) for line in lines)
    return Response(written, media_type="text/csv; charset=utf-8", headers=headers)
