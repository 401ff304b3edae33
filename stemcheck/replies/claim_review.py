"""Our verdicts on claim types as schema.org's ClaimReview, and as a table."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.schema import ClaimType

AUTHOR = "StemCheck"  # where the operator names nobody
NOT_COVERED = "not-covered"  # no verdict of the source's, so nothing to publish as a review
# schema.org wants a number beside the words; like other checkers' scales, 1 is the claim least in line with the evidence
RATINGS = {"myth": 1, "unproven": 2, "early-evidence": 3, "supported": 5}
WORST, BEST = 1, 5
COLUMNS = (
    "type", "label", "says", "claim_reviewed", "verdict", "verdict_label", "flagged", "facts", "reason", "questions",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def claim_reviews(library: Library, *, site: str, author: str) -> dict[str, Any]:
    """Return one ClaimReview for each flagged claim type with a published verdict; `site` is where the reviews are to be read."""
    published = [kind for kind in library.claim_types.values() if _is_published(library, kind)]
    return {
        "@context": "https://schema.org",
        "@graph": [_review(library, kind, site.rstrip("/"), author) for kind in published],
    }


def claim_table(library: Library) -> str:
    """Return all claim types as CSV. No cell can be taken for a formula by a spreadsheet."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([defuse(cell) for cell in _cells(library, kind)] for kind in library.claim_types.values())
    return written.getvalue()


def defuse(cell: str) -> str:
    """Return a cell that a spreadsheet shows as text: "=1+1" -> "'=1+1"."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _is_published(library: Library, kind: ClaimType) -> bool:
    return library.verdicts[kind.verdict].flagged and kind.verdict != NOT_COVERED


def _review(library: Library, kind: ClaimType, site: str, author: str) -> dict[str, Any]:
    # without facts of its own, a verdict rests on the source as a whole
    facts = [library.facts[fact] for fact in kind.facts] or list(library.facts.values())
    sources = [library.sources[fact.section.source] for fact in facts]
    return {
        "@type": "ClaimReview",
        "@id": f"{site}/claims#{kind.id}",
        "url": f"{site}/claims#{kind.id}",
        "identifier": kind.id,
        "inLanguage": "en",
        "claimReviewed": kind.claim_reviewed,
        # of a claim type, not of one clinic's words, so there is no author to name and no page where it appeared
        "itemReviewed": {"@type": "Claim", "name": kind.label, "text": kind.claim_reviewed},
        "reviewRating": _rating(library, kind),
        "reviewBody": kind.reason,
        "author": {"@type": "Organization", "name": author, "url": site},
        "datePublished": max(source.reviewed_on for source in sources).isoformat(),
        "isBasedOn": sorted({str(source.url) for source in sources}),
    }


def _rating(library: Library, kind: ClaimType) -> dict[str, Any]:
    verdict = library.verdicts[kind.verdict]
    return {
        "@type": "Rating",
        "ratingValue": RATINGS[verdict.id],
        "worstRating": WORST,
        "bestRating": BEST,
        "alternateName": verdict.label,
        "ratingExplanation": verdict.meaning,
    }


def _cells(library: Library, kind: ClaimType) -> Iterator[str]:
    verdict = library.verdicts[kind.verdict]
    yield from (kind.id, kind.label, kind.says, kind.claim_reviewed, verdict.id, verdict.label)
    yield "yes" if verdict.flagged else "no"
    yield " ".join(kind.facts)
    yield kind.reason
    yield " | ".join(library.questions[question].question for question in kind.questions)
