"""All claim types as a reader sees them: what is said, the verdict, why, on which facts, and what is newer."""

from dataclasses import dataclass
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.schema import ClaimType, Verdict
from stemcheck.replies.citations import cite, describe_source


@dataclass(frozen=True)
class ListedClaim:
    """A claim type with its verdict. `facts`, `sources` and `updates` are as the chat API shows them."""

    kind: ClaimType
    verdict: Verdict
    facts: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]
    updates: tuple[dict[str, Any], ...]
    questions: tuple[str, ...]


def list_claims(library: Library) -> list[ListedClaim]:
    """Return all claim types by verdict, in the order of the verdicts: what goes furthest from the source first."""
    order = list(library.verdicts)
    kinds = sorted(library.claim_types.values(), key=lambda kind: order.index(kind.verdict))
    return [_listed(library, kind) for kind in kinds]


def main_source(library: Library) -> dict[str, Any]:
    """Return the document that the verdicts rest on."""
    return describe_source(next(source for source in library.sources.values() if source.kind == "source"))


def _listed(library: Library, kind: ClaimType) -> ListedClaim:
    cited = cite(library, kind.facts)
    return ListedClaim(
        kind,
        library.verdicts[kind.verdict],
        cited["citations"],
        # a verdict without facts of its own rests on the source as a whole
        cited["sources"] or (main_source(library),),
        cited["updates"],
        tuple(library.questions[question].question for question in kind.questions),
    )
