"""Facts with their sources, and the update where one is newer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from stemcheck.answers.memory import Voice
from stemcheck.content.library import Library
from stemcheck.content.schema import Section, Source


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


def cite(library: Library, fact_ids: Iterable[str]) -> dict[str, Any]:
    """Return `sources` (one a section), `citations` (one a fact) and `updates` for these facts."""
    facts = [library.facts[fact_id] for fact_id in dict.fromkeys(fact_ids)]
    sections = {fact.section.id: fact.section for fact in facts}
    updates = dict.fromkeys(update for fact in facts for update in fact.updates)
    return {
        "sources": tuple(describe_source(library.sources[section.source], section) for section in sections.values()),
        "citations": tuple(_citation(library, fact.id) for fact in facts),
        "updates": tuple(_update(library, update_id) for update_id in updates),
    }


def update_text(voice: Voice, updates: Iterable[dict[str, Any]]) -> str:
    """Return the updates as a paragraph each, set apart by their lead; empty when there are none."""
    return "\n\n".join(f"{voice.say('update-lead')} {update['text']} {update['advice']}" for update in updates)


def overdue_note(voice: Voice, sources: Iterable[dict[str, Any]]) -> str:
    """Return a note when the review of a source is overdue, else nothing."""
    due = [source["review_due"] for source in sources if source["overdue"]]
    return voice.say("overdue", review_due=min(due)) if due else ""


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


def _update(library: Library, update_id: str) -> dict[str, Any]:
    update = library.updates[update_id]
    sources = [describe_source(library.sources[source]) for source in update.sources]
    return {"id": update.id, "text": update.text, "advice": update.advice, "sources": sources}
