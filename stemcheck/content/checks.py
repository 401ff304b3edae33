"""Checks across files: every id that is named exists, and nothing a visitor needs is missing."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stemcheck.content.problems import Problem
from stemcheck.content.situation_schema import markers_of

if TYPE_CHECKING:
    from stemcheck.content.library import Library

# kind of the referrer, its key, kind of what is named, where that is kept
REFERENCES = (
    ("sections", "source", "sources", "data/sources.yml"),
    ("facts", "next", "facts", "data/facts"),
    ("facts", "updates", "updates", "data/updates.yml"),
    ("facts", "other_kind", "facts", "data/facts"),
    ("updates", "sources", "sources", "data/sources.yml"),
    ("updates", "facts", "facts", "data/facts"),
    ("claims", "verdict", "verdicts", "data/verdicts.yml"),
    ("claims", "facts", "facts", "data/facts"),
    ("claims", "questions", "questions", "data/guidance/clinic-questions.yml"),
    ("claims", "safety", "safety", "data/safety"),
    ("questions", "source", "sources", "data/sources.yml"),
    ("numbers", "sources", "sources", "data/sources.yml"),
    ("clinic_check", "claim_type", "claims", "data/claims"),
    ("clinic_check", "ask", "questions", "data/guidance/clinic-questions.yml"),
    ("clinic_check", "source", "sources", "data/sources.yml"),
    ("claim_subjects", "id", "claims", "data/claims"),
    ("silences", "question", "questions", "data/guidance/clinic-questions.yml"),
    ("red_flags", "guidance", "guidance", "data/guidance"),
    ("red_flags", "question", "questions", "data/guidance/clinic-questions.yml"),
)
KINDS = {"claims": "claim_types"}


def check_library(library: "Library") -> list[Problem]:
    """Return every problem across files, in the order of the checks."""
    checks = (find_unknown_ids, find_update_gaps, find_unreached_facts, find_gaps)
    return [problem for check in checks for problem in check(library)]


def items_of(library: "Library", kind: str) -> Mapping[str, Any]:
    """Return the items of a kind, by id."""
    items: Mapping[str, Any] = getattr(library, KINDS.get(kind, kind))
    return items


def problem_of(library: "Library", kind: str, id: str, message: str, remedy: str) -> Problem:
    """Return a problem that names the file in which the item stands."""
    return Problem(library.files.get((kind, id), "data"), id, message, remedy)


def find_unknown_ids(library: "Library") -> Iterator[Problem]:
    """Yield every id that is named but does not exist."""
    # An item that could not be read is in `files` all the same: its own problem is told once.
    for kind, key, named_kind, place in REFERENCES:
        for item in items_of(library, kind).values():
            for id in ids_in(getattr(item, key)):
                if (named_kind, id) not in library.files:
                    message = f'{key}: "{id}" is not in {place}'
                    yield problem_of(library, kind, item.id, message, "Correct the id, or add the item")


def ids_in(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids that a key holds: none, one or several."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def find_update_gaps(library: "Library") -> Iterator[Problem]:
    """An update and its facts must name each other."""
    for update in library.updates.values():
        for fact in library.facts.values():
            if (update.id in fact.updates) != (fact.id in update.facts):
                message = f'only one of the fact and the update "{update.id}" names the other'
                yield problem_of(library, "facts", fact.id, message, "Name each in the other, or in neither")


def find_unreached_facts(library: "Library") -> Iterator[Problem]:
    """A fact that no situation states is one that a visitor never hears."""
    told = {marker for item in library.situations.values() for text in item.replies for marker in markers_of(text)}
    for id in library.facts:
        if id not in told:
            message = "no situation's reply states this fact"
            yield problem_of(library, "facts", id, message, "Mark it in the reply of the situation that it answers")


def find_gaps(library: "Library") -> Iterator[Problem]:
    """Yield what a visitor would miss although each file is well formed."""
    for fact in library.facts.values():
        if not fact.sentences:
            yield problem_of(library, "facts", fact.id, "the fact rests on no sentence", 'Fill "sentences"')
        if not 2 <= len(set(fact.next) - {fact.id}) <= 3:
            yield problem_of(library, "facts", fact.id, '"next" must name two or three other facts', "Correct it")
    for claim_type in library.claim_types.values():
        if not claim_type.questions:
            yield problem_of(library, "claims", claim_type.id, "no question goes with it", 'Fill "questions"')
    default = library.numbers.get("default")
    if default is None or not (default.crisis and default.health):
        yield Problem("data/guidance/numbers.yml", "default", "there is no default for each number", "Add it")
    if "default" not in library.contacts:
        yield Problem("data/guidance/contacts.yml", "default", "the default contact is missing", "Add it")
