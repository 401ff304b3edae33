"""A page that stands alone: every text with its claims highlighted, and the report beside it."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from stemcheck.replies.check_report import MODE_WORDS, CheckReport, quote

TEMPLATE = "page.html"


@dataclass(frozen=True)
class Checked:
    """One text with its name and its report."""

    name: str
    text: str
    report: CheckReport


@dataclass(frozen=True)
class Piece:
    """A stretch of the text under the same claims; `ends` are the numbers of the claims that end with it."""

    text: str
    claims: tuple[dict[str, Any], ...]
    ends: tuple[int, ...]

    @property
    def is_flagged(self) -> bool:
        """Tell whether one of its claims is flagged."""
        return any(claim["flagged"] for claim in self.claims)

    @property
    def title(self) -> str:
        """Return the claims in words."""
        return "; ".join(f"{claim['label']}: {claim['verdict_label']}" for claim in self.claims)


def write_page(path: Path, checked: Iterable[Checked]) -> None:
    """Write the page, text by text, so that many of them need no more memory than one."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    template = environment.get_template(TEMPLATE)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(
            template.generate(checked=enumerate(checked, 1), cut_text=cut_text, quote=quote, mode_words=MODE_WORDS)
        )
    unfinished.replace(path)


def cut_text(text: str, cards: Iterable[dict[str, Any]]) -> Iterator[Piece]:
    """Yield the text in pieces, cut wherever a claim begins or ends; claims may overlap."""
    numbered = list(enumerate(cards, 1))
    places = sorted({0, len(text), *(place for _, card in numbered for place in (card["start"], card["end"]))})
    for start, end in itertools.pairwise(places):
        over = tuple(card for _, card in numbered if card["start"] <= start and end <= card["end"])
        yield Piece(text[start:end], over, tuple(number for number, card in numbered if card["end"] == end))
