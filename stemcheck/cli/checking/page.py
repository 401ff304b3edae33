"""A page that stands alone: every text with its claims marked, and the report beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

from stemcheck.replies.check_report import CheckReport
from stemcheck.replies.marked_report import LOOKS, mark_report, template_environment

TEMPLATE = "page.html"


@dataclass(frozen=True)
class Checked:
    """One text with its name and its report; `notes` say how it was read."""

    name: str
    text: str
    report: CheckReport
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexRow:
    """A file in the list at the top: how much is flagged in it, or why it could not be read."""

    name: str
    flagged: int = 0
    signs: int = 0
    labels: tuple[str, ...] = ()
    error: str = ""


def write_page(path: Path, checked: Iterable[Checked], *, index: Sequence[IndexRow] = ()) -> None:
    """Write the page, text by text, so that many of them need no more memory than one; with an `index` a list leads to each."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(
            _template().generate(
                checked=enumerate(checked, 1),
                index=index,
                looks=LOOKS.read_text(encoding="utf-8"),
                mark_report=mark_report,
            )
        )
    unfinished.replace(path)


@lru_cache(maxsize=1)
def _template() -> Template:
    return template_environment(Path(__file__).parent).get_template(TEMPLATE)
