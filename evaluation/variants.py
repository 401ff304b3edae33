"""How often the same text in other clothes gets the same reading: `python -m evaluation.variants`. A report; no bar is set yet.

Writes reports/variants.md: for each variant the share of texts with the same flag, with the same types, and the F1 over types between
both readings. What is labelled plays no part.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.document import Section, Table, Text, as_markdown
from evaluation.evaluate import CLAIM_SETS, REPORTS
from evaluation.rows import ClaimSystem, LabelledText, ScoredText, compare, present, read_labelled
from evaluation.scoring import ratio
from evaluation.text_variants import VARIANTS
from stemcheck.claims.spotter import load_spotter
from stemcheck.content.library import Library, load_library
from stemcheck.settings import load_settings

MOST = 60  # texts of each set, chosen at random but always the same
SEED = 7
FIGURES = ("texts", "same_flag", "same_types", "types_f1")


@dataclass(frozen=True)
class Sameness:
    """A variant's figures over one set, and the texts whose flag changed."""

    variant: str
    figures: dict[str, Any]
    changed: tuple[str, ...]


def main() -> None:
    """Measure, print and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="texts of each set")
    most = parser.parse_args().most
    library, spotter = load_library(load_settings().data_folder), load_spotter()
    sections = [
        _section(name, measure(library, spotter, sample(read_labelled(name), most))) for name in present(*CLAIM_SETS)
    ]
    report = as_markdown("The same text in other clothes", sections)
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "variants.md").write_text(report, encoding="utf-8")
    print(report)


def measure(library: Library, system: ClaimSystem, rows: Sequence[LabelledText]) -> list[Sameness]:
    """Return how alike each variant of the texts is read to the texts as they are."""
    plain = compare(library, rows, system)
    return [_measure(library, system, rows, plain, name) for name in VARIANTS]


def sample(rows: Sequence[LabelledText], most: int) -> list[LabelledText]:
    """Return at most so many of the rows, chosen at random but always the same."""
    chosen = np.random.default_rng(SEED).permutation(len(rows))[:most]
    return [rows[place] for place in sorted(chosen)]


def _measure(
    library: Library, system: ClaimSystem, rows: Sequence[LabelledText], plain: Sequence[ScoredText], name: str
) -> Sameness:
    dressed = [LabelledText(**{**row.__dict__, "text": VARIANTS[name](row.text)}) for row in rows]
    pairs = list(zip(plain, compare(library, dressed, system), strict=True))
    common = sum(len(before.types & after.types) for before, after in pairs)
    figures = {
        "texts": len(pairs),
        "same_flag": ratio(sum(before.flagged == after.flagged for before, after in pairs), len(pairs)),
        "same_types": ratio(sum(before.types == after.types for before, after in pairs), len(pairs)),
        "types_f1": ratio(2 * common, sum(len(before.types) + len(after.types) for before, after in pairs)),
    }
    changed = tuple(before.row.id for before, after in pairs if before.flagged != after.flagged)
    return Sameness(name, figures, changed)


def _section(name: str, found: Sequence[Sameness]) -> Section:
    rows = tuple((one.variant, *(one.figures[figure] for figure in FIGURES)) for one in found)
    table = Table(("variant", *(figure.replace("_", " ") for figure in FIGURES)), rows)
    lost = "; ".join(f"{one.variant}: {', '.join(one.changed)}" for one in found if one.changed)
    return Section(f"The set {name}", [table, Text(f"Another flag: {lost or 'none'}.")])


if __name__ == "__main__":
    main()
