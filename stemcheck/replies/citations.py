"""What backs a reply: facts with their sections, guidance with its pages, and the updates that are newer than the source."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.schema import Section, Source
from stemcheck.content.situation_schema import MAX_REPLY_WORDS, Guidance
from stemcheck.conversation.state import WordingPicker

UPDATE, GUIDANCE = "update:", "guidance:"


def describe_source(source: Source, section: Section | None = None, today: date | None = None) -> dict[str, Any]:
    """Return a source as the chat API shows it, with its date of review and whether the next review is overdue."""
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "section": section.title if section else "",
        "url": str(source.url),
        "reviewed_on": source.reviewed_on.isoformat(),
        "review_due": source.review_due.isoformat(),
        "overdue": source.is_overdue(today or date.today()),
    }


def describe_guidance(guidance: Guidance, today: date | None = None) -> dict[str, Any]:
    """Return the page of a statement of guidance, in the same shape as a source."""
    return {
        "id": f"{GUIDANCE}{guidance.id}",
        "publisher": guidance.source.publisher,
        "title": guidance.source.title,
        "section": "",
        "url": str(guidance.source.address),
        "reviewed_on": guidance.read_on.isoformat(),
        "review_due": guidance.review_by.isoformat(),
        "overdue": guidance.is_overdue(today or date.today()),
    }


def cite_markers(library: Library, markers: Sequence[str], told: Sequence[str] = ()) -> dict[str, Any]:
    """Return `facts`, `guidance`, `sources`, `citations` and `updates` for the markers of a reply.

    `told` are the updates that the visitor has heard in full: of those, only the line comes again.
    """
    facts = [marker for marker in markers if ":" not in marker]
    guidance = [marker.removeprefix(GUIDANCE) for marker in markers if marker.startswith(GUIDANCE)]
    woven = [marker.removeprefix(UPDATE) for marker in markers if marker.startswith(UPDATE)]
    cited = cite(library, facts, told=told, also=woven)
    pages = {str(library.guidance[name].source.address): library.guidance[name] for name in reversed(guidance)}
    return {
        "facts": tuple(facts),
        "guidance": tuple(guidance),
        "sources": (*cited["sources"], *(describe_guidance(page) for page in reversed(pages.values()))),
        "citations": (*cited["citations"], *(_guidance_citation(library.guidance[name], pages) for name in guidance)),
        "updates": cited["updates"],
    }


def cite(
    library: Library, fact_ids: Iterable[str], told: Sequence[str] = (), also: Iterable[str] = ()
) -> dict[str, Any]:
    """Return `sources` (one a section), `citations` (one a fact) and `updates` for these facts; `also` are further updates."""
    facts = [library.facts[fact_id] for fact_id in dict.fromkeys(fact_ids)]
    sections = {fact.section.id: fact.section for fact in facts}
    updates = dict.fromkeys([*also, *(update for fact in facts for update in fact.updates)])
    return {
        "sources": tuple(describe_source(library.sources[section.source], section) for section in sections.values()),
        "citations": tuple(_citation(library, fact.id) for fact in facts),
        "updates": tuple(_update(library, update_id, in_full=update_id not in told) for update_id in updates),
    }


def fit_updates(
    library: Library, updates: Iterable[dict[str, Any]], said: Iterable[str], woven: Sequence[str] = ()
) -> tuple[dict[str, Any], ...]:
    """Return the updates: in full while the reply stays short enough for a chat, and otherwise in their line alone."""
    found = list(updates)
    added = [one for one in found if f"{UPDATE}{one['id']}" not in woven]
    room = MAX_REPLY_WORDS - sum(len(text.split()) for text in said)
    room -= sum(len(library.updates[one["id"]].line.split()) for one in added)
    fitting = []
    for one in found:
        whole, line = len(f"{one['text']} {one['advice']}".split()), len(library.updates[one["id"]].line.split())
        if one in added and whole - line > room:
            one = {**one, "text": library.updates[one["id"]].line, "advice": ""}
        elif one in added:
            room -= whole - line
        fitting.append(one)
    return tuple(fitting)


def told_in_full(updates: Iterable[dict[str, Any]], woven: Sequence[str] = ()) -> list[str]:
    """Return the ids of the updates of which more than the line was told."""
    return [one["id"] for one in updates if one["advice"] or f"{UPDATE}{one['id']}" in woven]


def updates_paragraphs(updates: Iterable[dict[str, Any]], woven: Sequence[str] = ()) -> list[str]:
    """Return a paragraph for each update that is not woven into the reply already."""
    return [f"{one['text']} {one['advice']}".strip() for one in updates if f"{UPDATE}{one['id']}" not in woven]


def overdue_note(picker: WordingPicker, sources: Iterable[dict[str, Any]]) -> str:
    """Return a note when the review of a source is overdue, else nothing."""
    due = [source["review_due"] for source in sources if source["overdue"]]
    return picker.say("overdue", review_due=min(due)) if due else ""


def _citation(library: Library, fact_id: str) -> dict[str, Any]:
    fact = library.facts[fact_id]
    source = library.sources[fact.section.source]
    return {
        "fact": fact.id,
        "statement": fact.statement,
        "source": source.id,
        "section": fact.section.title,
        "reviewed_on": source.reviewed_on.isoformat(),
    }


def _guidance_citation(guidance: Guidance, pages: dict[str, Guidance]) -> dict[str, Any]:
    return {
        "fact": "",
        "guidance": guidance.id,
        "statement": guidance.text,
        "source": f"{GUIDANCE}{pages[str(guidance.source.address)].id}",
        "section": "",
        "reviewed_on": guidance.read_on.isoformat(),
    }


def _update(library: Library, update_id: str, *, in_full: bool) -> dict[str, Any]:
    update = library.updates[update_id]
    sources = [describe_source(library.sources[source]) for source in update.sources]
    words = {"text": update.text, "advice": update.advice} if in_full else {"text": update.line, "advice": ""}
    return {"id": update.id, **words, "sources": sources}
