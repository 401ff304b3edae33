"""The sections of the report on questions and dialogues."""

import json
from collections.abc import Mapping

from evaluation.document import Section, Table, Text
from evaluation.questions import Tally


def chat_sections(tallies: Mapping[str, Tally], why_not: str) -> list[Section]:
    """Return figures and misses of each set, or the reason why there are none."""
    if not tallies:
        return [Section("Questions and dialogues", [Text(f"Not measured: {why_not}")])]
    return [_section(name, tally) for name, tally in tallies.items()]


def _section(name: str, tally: Tally) -> Section:
    figures = Table(("figure", "value"), tuple(tally.figures().items()))
    rows = tuple(
        (miss["id"], miss["user"], json.dumps(miss["expected"]), json.dumps(miss["got"])) for miss in tally.misses
    )
    misses = Table(("id", "visitor", "expected", "got"), rows)
    return Section(f"The set {name}", [figures, Text(f"Every miss ({len(tally.misses)}):"), misses])
