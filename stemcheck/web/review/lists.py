"""The lists: queues and search."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from stemcheck.storage.review_filters import STATUSES, read_filters
from stemcheck.storage.review_queue import MOST_COUNTED, QUEUES, count_queues, list_queue
from stemcheck.storage.review_search import latest_words, search
from stemcheck.storage.review_work import known_channels, known_tags
from stemcheck.storage.users import list_reviewers
from stemcheck.web.review.choices import filter_choices
from stemcheck.web.review.conversation import messages_for
from stemcheck.web.review.visit import Visit


def show_queue(visit: Visit) -> Response:
    """Show what is waiting: all queues with their counts, and one of them."""
    counts = count_queues(visit.connection)
    asked = visit.asked("queue")
    first = next((id for id in QUEUES if counts[id]), "unreviewed")
    queue = QUEUES.get(asked) or QUEUES[first]
    page = visit.page_number()
    rows, has_more = list_queue(visit.connection, queue, page=page)
    shown = describe_rows(visit, rows)
    visit.audit("list", queue=queue.id, page=page, conversations=[row["id"] for row in rows])
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
        **filter_choices(visit.console.library, visit.console.settings.data_folder),
        "tags": known_tags(visit.connection),
    }
    choices["channels"] = known_channels(visit.connection)
    more = f"/review/search?{filters.as_query()}&page="
    context = {"filters": filters, "query": filters.as_query(), "choices": choices, "page": page, "more": more}
    shown = describe_rows(visit, found.rows)
    ids = [row["id"] for row in found.rows]
    words = len(filters.text.split())
    visit.audit("search", words=words, filters=filters.as_query_without_words(), page=page, conversations=ids)
    return visit.render("search.html", **context, **shown, has_more=found.has_more, is_cut=found.is_cut)


def describe_rows(visit: Visit, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a list shows of conversations, and who could take them. Each message for the team that is shown is logged."""
    words = latest_words(visit.connection, [row["id"] for row in rows])
    people = list_reviewers(visit.connection)
    messages = messages_for(visit, [row["id"] for row in rows])
    for id in messages:
        visit.audit("view-message", id, number=len(messages[id]))
    return {"rows": rows, "words": words, "messages": messages, "people": people, "statuses": STATUSES}
