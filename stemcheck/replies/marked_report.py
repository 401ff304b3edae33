"""The report on a text as a page shows it: the marked text, one numbered card for each kind of claim, the gravest first."""

import itertools
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.replies.check_report import MODE_WORDS, CheckReport, compose_report, quote
from stemcheck.replies.marked_text import Mark, MarkedPiece, cut_text
from stemcheck.replies.verdicts import rank_cards

PAGE_FOLDER = Path(__file__).parent / "page"
LOOKS = PAGE_FOLDER / "report.css"


@dataclass(frozen=True)
class NumberedCard:
    """A kind of claim with its number, its clearest words, and how often it stands in the text."""

    number: int
    card: dict[str, Any]
    count: int


@dataclass(frozen=True)
class LetteredSign:
    """A red flag with its letter."""

    letter: str
    sign: dict[str, Any]


@dataclass(frozen=True)
class MarkedReport:
    """A report with what a page needs to draw it."""

    report: CheckReport
    cards: tuple[NumberedCard, ...]
    signs: tuple[LetteredSign, ...]
    pieces: tuple[MarkedPiece, ...]

    @property
    def flagged(self) -> int:
        """Return how many kinds of claims are flagged."""
        return sum(1 for one in self.cards if one.card["flagged"])


def mark_report(text: str, report: CheckReport, *, prefix: str = "") -> MarkedReport:
    """Return the report on `text`, marked; `prefix` keeps the ids of several reports on one page apart."""
    ranked = rank_cards(report.cards)
    types = [card["type"] for card in report.cards]
    cards = tuple(NumberedCard(number, card, types.count(card["type"])) for number, card in enumerate(ranked, 1))
    letters = _letters()
    signs = tuple(LetteredSign(next(letters), sign) for sign in report.warnings)
    marks = [*_claim_marks(report.cards, cards, prefix), *_sign_marks(signs, prefix)]
    return MarkedReport(report, cards, signs, tuple(cut_text(text, marks)))


def draw_report(library: Library, text: str, claims: Sequence[FoundClaim], *, claims_address: str = "") -> str:
    """Return the report on a text as a piece of HTML; `claims_address` is where each claim type is explained."""
    view = mark_report(text, compose_report(library, text, claims))
    return str(_report_template().module.report(view, claims_address=claims_address))  # type: ignore[attr-defined]


def template_environment(*folders: Path) -> Environment:
    """Return what loads templates from `folders` and report.html, whose macro `report` draws a MarkedReport."""
    loader = FileSystemLoader([*folders, PAGE_FOLDER])
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(quote=quote, mode_words=MODE_WORDS)
    return environment


@lru_cache(maxsize=1)
def _report_template() -> Template:
    return template_environment().get_template("report.html")


def _letters() -> Iterator[str]:
    """Yield A to Z, then A2, B2 …"""
    yield from string.ascii_uppercase
    yield from (f"{letter}{again}" for again in itertools.count(2) for letter in string.ascii_uppercase)


def _claim_marks(found: Iterable[dict[str, Any]], cards: Iterable[NumberedCard], prefix: str) -> Iterator[Mark]:
    numbers = {one.card["type"]: one.number for one in cards}
    for card in found:
        number = numbers[card["type"]]
        title = f"{card['label']}: {card['verdict_label']}"
        kind = "flagged" if card["flagged"] else "fair"
        yield Mark(card["start"], card["end"], str(number), f"{prefix}claim-{number}", title, kind)  # type: ignore[arg-type]


def _sign_marks(signs: Iterable[LetteredSign], prefix: str) -> Iterator[Mark]:
    for one in signs:
        sign = one.sign
        title = f"Warning sign: {sign['label']}"
        yield Mark(sign["start"], sign["end"], one.letter, f"{prefix}sign-{one.letter.lower()}", title, "sign")
