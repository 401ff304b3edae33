"""What can be chosen in filters and corrections, from the content."""

from collections.abc import Mapping
from typing import Any, get_args

from stemcheck.claims.found_claim import Mode
from stemcheck.content.examples import Why
from stemcheck.content.library import Library
from stemcheck.conversation.answer import Kind
from stemcheck.conversation.reading import CLAIM
from stemcheck.dialogue.rules import RULES

KINDS: tuple[str, ...] = get_args(Kind)
MODES: tuple[str, ...] = get_args(Mode)
WHYS: tuple[str, ...] = get_args(Why)
CLAIM_TITLE = "A claim is made or repeated"


def filter_choices(library: Library) -> dict[str, Any]:
    """Return the values of each filter that has a list."""
    return {
        "claims": {id: item.label for id, item in sorted(library.claim_types.items())},
        "facts": {id: item.title for id, item in library.facts.items()},
        "verdicts": {id: item.label for id, item in library.verdicts.items()},
        "safety": {id: item.title for id, item in library.safety.items()},
        "kinds": KINDS,
        "modes": MODES,
        "whys": WHYS,
        "intents": groups(library),
        "situations": {**situations(library), CLAIM: CLAIM_TITLE},
        "rules": tuple(rule.name for rule in RULES),
    }


def groups(library: Library) -> tuple[str, ...]:
    """Return the groups of situations, which are Rasa's intents."""
    return tuple(sorted({situation.group for situation in library.situations.values()} | {CLAIM}))


def situations(library: Library) -> dict[str, str]:
    """Return the title of each situation, by its id, in the order of the titles; one that two share is told apart by the id."""
    titles = [situation.title for situation in library.situations.values()]
    named = {
        id: str(item.title) if titles.count(item.title) == 1 else f"{item.title} ({id})"
        for id, item in library.situations.items()
    }
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def situation_title(library: Library, id: str) -> str:
    """Return what a situation is called; an id that the content does not know (any more) stays as it is."""
    if id == CLAIM:
        return CLAIM_TITLE
    return str(library.situations[id].title) if id in library.situations else id


def find_situation(written: str, known: Mapping[str, str]) -> str:
    """Return the id of the situation that somebody wrote by title or id; what is neither comes back as it is."""
    wanted = " ".join(written.split()).casefold()
    return next((id for id, title in known.items() if wanted in (id, title.casefold())), written)
