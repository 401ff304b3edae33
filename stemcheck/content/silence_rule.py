"""What a clinic's text leaves unsaid."""

import re
from collections.abc import Mapping

from stemcheck.content.plain_text import make_plain
from stemcheck.content.schema_guidance import Silence

TREATMENT = re.compile(
    r"\b(clinics?|treat(s|ed|ing|ments?)?|therap(y|ies)|infusions?|injections?|transplant\w*|procedures?|protocol|cur(e|es|ed)|heal(s|ed)?)\b"
)


def find_silences(silences: Mapping[str, Silence], text: str) -> list[Silence]:
    """Return the things a text does not speak of. "No risks at all" does not speak of risks."""
    plain = make_plain(text)
    return [silence for silence in silences.values() if not speaks_of(plain, silence)]


def is_offer(text: str) -> bool:
    """Tell whether a text speaks of a treatment at all: the newsletter of a garden club is not silent about risks."""
    return bool(TREATMENT.search(make_plain(text)))


def speaks_of(plain: str, silence: Silence) -> bool:
    """Tell whether a plain text speaks of what a silence is about."""
    return any(re.search(pattern, plain) for pattern in silence.patterns)
