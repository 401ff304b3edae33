"""The labelled rows of evaluation/sets, and what a system found in each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.replies.claim_cards import is_flagged

SETS = Path(__file__).parent / "sets"


class ClaimSystem(Protocol):
    """Anything that finds claims: ours, or a baseline."""

    def find_in_all(self, texts: Sequence[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""


@dataclass(frozen=True)
class LabelledText:
    """A text with its claim types and their modes; an advert has no modes. `optional` types may be found or not."""

    id: str
    text: str
    types: frozenset[str]
    modes: dict[str, str]
    optional: frozenset[str]
    flagged: bool
    style: str
    is_advert: bool


@dataclass(frozen=True)
class ScoredText:
    """A labelled text beside what was found: confirmed claims, and what is missing or too much."""

    row: LabelledText
    claims: tuple[FoundClaim, ...]
    flagged: bool
    types: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        """Return the types that should have been found."""
        return self.row.types - self.types - self.row.optional

    @property
    def extra(self) -> frozenset[str]:
        """Return the types that should not have been found."""
        return self.types - self.row.types - self.row.optional

    @property
    def wrong_modes(self) -> dict[str, str]:
        """Return the found mode of every type whose mode is not the labelled one."""
        modes = self.row.modes
        return {c.type: c.mode for c in self.claims if c.type in modes and c.mode != modes[c.type]}

    @property
    def is_miss(self) -> bool:
        """Tell whether anything about it is wrong."""
        return bool(self.missing or self.extra or self.wrong_modes or self.flagged != self.row.flagged)


def read_jsonl(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set by its name, such as "claims"."""
    with (SETS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def present(*names: str) -> tuple[str, ...]:
    """Return those of the sets that are there: reviewed texts come only with the first correction."""
    return tuple(name for name in names if (SETS / f"{name}.jsonl").is_file())


def read_labelled(name: str) -> list[LabelledText]:
    """Return the rows of "claims", "adverts" or "reviewed-claims"."""
    return [labelled(row) for row in read_jsonl(name)]


def compare(library: Library, rows: Sequence[LabelledText], system: ClaimSystem) -> list[ScoredText]:
    """Return every row beside what the system finds in it."""
    found = system.find_in_all([row.text for row in rows])
    return [_scored(library, row, claims) for row, claims in zip(rows, found, strict=True)]


def labelled(row: dict[str, Any]) -> LabelledText:
    """Return a row of a set as it is scored."""
    is_advert = "types" in row
    modes = {} if is_advert else {claim["type"]: claim["mode"] for claim in row["claims"]}
    types = frozenset(row["types"] if is_advert else modes)
    optional = frozenset(row.get("optional_types", ()))
    return LabelledText(row["id"], row["text"], types, modes, optional, row["flagged"], row.get("style", ""), is_advert)


def _scored(library: Library, row: LabelledText, claims: Sequence[FoundClaim]) -> ScoredText:
    confirmed = tuple(claim for claim in claims if claim.is_confirmed)
    # in a long text only what is said as true counts
    types = frozenset(claim.type for claim in confirmed if not row.is_advert or claim.mode != "asked")
    return ScoredText(row, confirmed, any(is_flagged(library, claim) for claim in confirmed), types)
