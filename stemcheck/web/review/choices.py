"""What can be chosen in filters and corrections, from the content."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from stemcheck.answers.answer import Kind
from stemcheck.claims.found_claim import Mode
from stemcheck.content.examples import Why
from stemcheck.content.library import Library

KINDS: tuple[str, ...] = get_args(Kind)
MODES: tuple[str, ...] = get_args(Mode)
WHYS: tuple[str, ...] = get_args(Why)
INTENT = re.compile(r"^- intent: (\S+)\s*$", re.MULTILINE)


def filter_choices(library: Library, data_folder: Path) -> dict[str, Any]:
    """Return the values of each filter that has a list."""
    return {
        "claims": {id: item.label for id, item in sorted(library.claim_types.items())},
        "facts": {id: item.title for id, item in library.facts.items()},
        "verdicts": {id: item.label for id, item in library.verdicts.items()},
        "safety": {id: item.title for id, item in library.safety.items()},
        "kinds": KINDS,
        "modes": MODES,
        "whys": WHYS,
        "intents": intents(data_folder),
    }


@lru_cache(maxsize=4)
def intents(data_folder: Path) -> tuple[str, ...]:
    """Return every intent that has examples."""
    files = (data_folder / "nlu").rglob("*.yml")
    return tuple(sorted({intent for path in files for intent in INTENT.findall(path.read_text(encoding="utf-8"))}))
