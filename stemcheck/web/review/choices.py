"""What can be chosen in filters and corrections, from the content."""

from functools import lru_cache
from typing import Any, get_args

from stemcheck.answers.answer import Kind
from stemcheck.answers.respond import SERVICES, SMALL_TALK
from stemcheck.answers.understood import FACT_PREFIX, OUT_OF_SCOPE_PREFIX, SAFETY_PREFIX
from stemcheck.claims.found_claim import Mode
from stemcheck.content.examples import Why
from stemcheck.content.library import Library

KINDS: tuple[str, ...] = get_args(Kind)
MODES: tuple[str, ...] = get_args(Mode)
WHYS: tuple[str, ...] = get_args(Why)


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
        "intents": intents(library),
    }


def intents(library: Library) -> list[str]:
    """Return every intent, from the content that each belongs to."""
    of_content = [f"{FACT_PREFIX}{id}" for id in library.facts] + [
        f"{OUT_OF_SCOPE_PREFIX}{id}" for id in library.topics
    ]
    of_safety = [f"{SAFETY_PREFIX}{id}" for id in library.safety]
    return sorted({*of_content, *of_safety, *_fixed()})


@lru_cache(maxsize=1)
def _fixed() -> frozenset[str]:
    from stemcheck.answers.follow_up import FOLLOW_UPS

    return frozenset({*SMALL_TALK, *SERVICES, *FOLLOW_UPS, "check_claim", "affirm", "deny"})
