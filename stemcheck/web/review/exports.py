"""Take conversations away: streamed, whatever their number, while a page shows how far it is."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice

from anyio import to_thread
from starlette.responses import Response, StreamingResponse

from stemcheck.storage.export_runs import ExportRun, begin_run, find_run
from stemcheck.storage.review_figures import day_of
from stemcheck.storage.review_filters import Filters, read_filters
from stemcheck.storage.review_search import every_id, read_rows
from stemcheck.storage.review_transcript import read_all
from stemcheck.storage.sql import Engine
from stemcheck.web.review.export_formats import FORMATS, Conversation
from stemcheck.web.review.export_progress import Progress
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit

CHUNK = 50  # conversations read together
LOOK_EVERY, LOOK_FOR = 0.5, 600.0  # seconds
MARK = "<!-- here stands how far it is -->"


def show_export(visit: Visit) -> Response:
    """Show the link to the download, and then how far it is, line by line: the page stays open while it is sent."""
    filters, kind = read_filters(visit.request.query_params), asked_format(visit)
    run = begin_run(visit.connection, visit.user.name)
    address = f"/review/export?{filters.as_query(format=kind, run=run)}"
    page = bytes(
        visit.render("export.html", address=address, query=filters.as_query(), kind=kind, mark=MARK).body
    ).decode()
    lines = follow(visit.console.engine, run, visit.user.name)
    return StreamingResponse(_within(page, lines), media_type="text/html; charset=utf-8")


def export_conversations(visit: Visit) -> Response:
    """Return all conversations that fit the filters, in the format that was asked for."""
    filters, kind = read_filters(visit.request.query_params), asked_format(visit)
    write, media_type, ending = FORMATS[kind]
    progress = Progress(visit.console.engine, _asked_run(visit))
    visit.audit("export", what=kind, filters=filters.as_query_without_words(), words=len(filters.text.split()))
    name = "conversations" if kind == ending else f"conversations-{kind}"
    headers = {"Content-Disposition": f'attachment; filename="stemcheck-{name}-{day_of(time.time())}.{ending}"'}
    found = progress.conversations(read_conversations(visit.console.engine, filters, progress.begin))
    return StreamingResponse(progress.lines(write(found)), media_type=media_type, headers=headers)


def read_conversations(
    engine: Engine, filters: Filters, tell: Callable[[int], None] = lambda total: None
) -> Iterator[Conversation]:
    """Yield each conversation's row and turns; a few at a time are in memory. `tell` hears how many there are."""
    with engine.connect() as connection:
        all_ids = list(every_id(connection, filters))
    tell(len(all_ids))
    ids = iter(all_ids)
    while chunk := list(islice(ids, CHUNK)):
        with engine.connect() as connection:
            turns = read_all(connection, chunk)
            rows = read_rows(connection, chunk)
        yield from ((row, turns.get(row["id"], [])) for row in rows)


def asked_format(visit: Visit) -> str:
    """Return the format that was asked for. Raises Refusal."""
    kind = visit.asked("format")
    if kind not in FORMATS:
        raise Refusal(400, f"The formats are {', '.join(FORMATS)}.")
    return kind


async def follow(engine: Engine, id: str, user_name: str) -> AsyncIterator[str]:
    """Yield how far an export is whenever it got further, until it is finished or nobody began it for long."""
    last = None
    for _ in range(int(LOOK_FOR / LOOK_EVERY)):
        run = await to_thread.run_sync(_look, engine, id, user_name)
        if run and run != last and run.total is not None:
            last = run
            yield describe_run(run)
        if run is None or run.is_finished:
            return
        await asyncio.sleep(LOOK_EVERY)


def describe_run(run: ExportRun) -> str:
    """Return one line of progress as HTML; it holds numbers alone."""
    total = run.total or 0
    told = f"{run.conversations:,} of {total:,} conversations, {run.lines:,} lines"
    bar = f'<progress max="{total or 1}" value="{run.conversations if total else 1}" aria-hidden="true"></progress>'
    # a screen reader is told the end alone, not every step
    return f'<p role="status">{bar} Done: {told}.</p>\n' if run.is_finished else f"<p>{bar} {told}.</p>\n"


async def _within(page: str, lines: AsyncIterator[str]) -> AsyncIterator[str]:
    before, _, after = page.partition(MARK)
    yield before
    async for line in lines:
        yield line
    yield after


def _look(engine: Engine, id: str, user_name: str) -> ExportRun | None:
    with engine.connect() as connection:
        return find_run(connection, id, user_name)


def _asked_run(visit: Visit) -> ExportRun | None:
    """Return the export that a page follows; None when none does. Raises Refusal for somebody else's."""
    id = visit.asked("run")
    if not id:
        return None
    run = find_run(visit.connection, id[:32], visit.user.name)
    if run is None:
        raise Refusal(404)
    return ExportRun(run.id, run.user_name)
