"""What a clinic's text leaves unsaid."""

import re
from collections.abc import Mapping

from stemcheck.content.linear_pattern import has_sign
from stemcheck.content.plain_text import as_letters, make_plain
from stemcheck.content.schema_guidance import Silence

TREATMENT = re.compile(
    r"\b(clinics?|treat(s|ed|ing|ments?)?|therap(y|ies)|infusions?|injections?|transplant\w*|procedures?|protocol|cur(e|es|ed)|heal(s|ed)?)\b"
)


def find_silences(silences: Mapping[str, Silence], text: str) -> list[Silence]:
    """Return the things a text does not speak of. "No risks at all" does not speak of risks."""
    letters = as_letters(make_plain(text))
    return [silence for silence in silences.values() if not has_sign(letters, silence.patterns, silence.harmless)]


def is_offer(text: str) -> bool:
    """Tell whether a text speaks of a treatment at all: the newsletter of a garden club is not silent about risks."""
    return bool(TREATMENT.search(make_plain(text)))
