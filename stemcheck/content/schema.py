"""The shape of facts, sources, updates, verdicts and claim types, as they stand in data/."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConstrainedStr, HttpUrl

LABEL_LENGTH = 32
REVIEWED_CLAIM_LENGTH = 75


class Id(ConstrainedStr):
    """Lower-case words joined by hyphens; ids are a public contract."""

    regex = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Text(ConstrainedStr):
    """Words for a reader: never empty, never surrounded by blanks."""

    min_length = 1
    strip_whitespace = True


class Label(Text):
    """Words short enough for a button or a card."""

    max_length = LABEL_LENGTH


class ReviewedClaim(Text):
    """A claim in one short sentence, as ClaimReview wants it."""

    max_length = REVIEWED_CLAIM_LENGTH


class Sha256(ConstrainedStr):
    """A hash in hexadecimal."""

    regex = r"^[0-9a-f]{64}$"


class Content(BaseModel):
    """The base of all content: read once, never changed, no unknown keys."""

    class Config:
        """How pydantic treats it."""

        frozen = True
        extra = "forbid"


class Source(Content):
    """A document; `sha256` and `ignored` (sentences no fact rests on) serve the source check."""

    id: Id
    kind: Literal["source", "update", "guidance"]
    publisher: Text
    title: Text
    url: HttpUrl
    reviewed_on: date
    review_due: date
    note: Text
    sha256: Sha256 | None = None
    ignored: tuple[Sha256, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Tell whether the next review should have been done by now."""
        return today > self.review_due


class Section(Content):
    """A part of a source under one heading."""

    id: Id
    title: Text
    source: Id


class Fact(Content):
    """One thing the source says, in our words; `sentences` are the hashes of those it rests on.

    `other_kind` is the fact that says the like of the other kind of stem cell.
    """

    id: Id
    title: Text
    statement: Text
    more: Text
    question: Text
    label: Label
    next: tuple[Id, ...]
    sentences: tuple[Sha256, ...]
    updates: tuple[Id, ...] = ()
    other_kind: Id | None = None
    section: Section


class Update(Content):
    """What is newer than the source, and shown apart from it with its own citation; `line` when it was told in full before."""

    id: Id
    text: Text
    line: Text
    advice: Text
    sources: tuple[Id, ...]
    facts: tuple[Id, ...]


class Verdict(Content):
    """What the source makes of a claim, and whether the claim is flagged."""

    id: Id
    label: Label
    meaning: Text
    flagged: bool


class ClaimType(Content):
    """One kind of claim: what it says, its verdict, and the words that explain the verdict."""

    id: Id
    label: Label
    says: Text
    verdict: Id
    facts: tuple[Id, ...]
    reason: Text
    asked: Text
    reported: Text | None = None
    questions: tuple[Id, ...]
    safety: Id | None = None
    claim_reviewed: ReviewedClaim
