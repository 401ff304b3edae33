"""The lists: queues and search."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from stemcheck.storage.review_excerpts import Excerpt, excerpts_of_queue, newest_excerpts, read_excerpts
from stemcheck.storage.review_filters import STATUSES, read_filters
from stemcheck.storage.review_queue import MOST_COUNTED, QUEUES, count_queues, list_queue
from stemcheck.storage.review_search import search
from stemcheck.storage.review_work import known_channels, known_tags
from stemcheck.storage.users import list_reviewers
from stemcheck.web.review.choices import filter_choices
from stemcheck.web.review.conversation import messages_for
from stemcheck.web.review.excerpts import mark_hits
from stemcheck.web.review.visit import Visit


def show_queue(visit: Visit) -> Response:
    """Show what is waiting: all queues with their counts, and one of them."""
    counts = count_queues(visit.connection)
    asked = visit.asked("queue")
    first = next((id for id in QUEUES if counts[id]), "unreviewed")
    queue = QUEUES.get(asked) or QUEUES[first]
    page = visit.page_number()
    rows, has_more = list_queue(visit.connection, queue, page=page)
    ids = [row["id"] for row in rows]
    shown = describe_rows(visit, rows, excerpts_of_queue(visit.connection, queue.id, ids))
    visit.audit("list", queue=queue.id, page=page, conversations=ids)
    context = {
        "queues": QUEUES,
        "counts": counts,
        "most": MOST_COUNTED,
        "queue": queue,
        "has_more": has_more,
        "page": page,
    }
    return visit.render("queue.html", **context, **shown, more=f"/review/?queue={queue.id}&page=")


def show_search(visit: Visit) -> Response:
    """Show the conversations that fit the filters of the address bar."""
    filters = read_filters(visit.request.query_params)
    page = visit.page_number()
    found = search(visit.connection, filters, page=page)
    choices = {
        **filter_choices(visit.console.library),
        "tags": known_tags(visit.connection),
    }
    choices["channels"] = known_channels(visit.connection)
    more = f"/review/search?{filters.as_query()}&page="
    context = {"filters": filters, "query": filters.as_query(), "choices": choices, "page": page, "more": more}
    ids = [row["id"] for row in found.rows]
    excerpts = newest_excerpts(visit.connection, ids)
    excerpts |= read_excerpts(visit.connection, [found.hits[id] for id in ids if id in found.hits])
    shown = describe_rows(visit, found.rows, excerpts, filters.text)
    words = len(filters.text.split())
    visit.audit("search", words=words, filters=filters.as_query_without_words(), page=page, conversations=ids)
    return visit.render("search.html", **context, **shown, found=found)


def describe_rows(
    visit: Visit, rows: list[Mapping[str, Any]], excerpts: Mapping[str, Excerpt], asked: str = ""
) -> dict[str, Any]:
    """Return what a list shows of conversations, and who could take them. Each message for the team that is shown is logged."""
    messages = messages_for(visit, [row["id"] for row in rows])
    for id in messages if visit.user.may("reviewer") else ():
        visit.audit("view-message", id, number=len(messages[id]))
    shown = {id: (one.turn_id, mark_hits(one.text, asked)) for id, one in excerpts.items()}
    people = list_reviewers(visit.connection)
    return {"rows": rows, "excerpts": shown, "messages": messages, "people": people, "statuses": STATUSES}
