"""The baseline: figures that may not fall by more than a small margin."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).parent / "baseline.json"
# Another CPU rounds otherwise, in eight bits above all: 1.5 points are allowed for that; in a small set two rows weigh more.
MARGIN, MARGIN_ROWS = 0.015, 2
NOT_COMPARED = ("rows", "facts_cited_per_answer", "confident", "likely_on_subject", "right_degree")
PARTS = "accuracy of "  # one kind of reply has so few rows that only the whole is held
WHOLE = "accuracy of whole dialogue"

Figures = Mapping[str, Mapping[str, Any]]


def read_baseline(path: Path = BASELINE) -> dict[str, dict[str, Any]]:
    """Return the figures of the baseline; none when there is no baseline yet."""
    if not path.is_file():
        return {}
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored["figures"]  # type: ignore[no-any-return]


def write_baseline(figures: Figures, about: Mapping[str, Any], path: Path = BASELINE) -> None:
    """Write the figures as the new baseline; sets that were not measured this time keep their old figures."""
    merged = {**read_baseline(path), **figures}
    path.write_text(json.dumps({**about, "figures": merged}, indent=2) + "\n", encoding="utf-8")


def find_falls(figures: Figures, baseline: Figures) -> list[str]:
    """Return a sentence for every figure that fell by more than the margin, or is not there any more."""
    return [
        f"{name}: {figure} fell from {before} to {after}"
        for name, figure, before, after in _pairs(figures, baseline)
        if after is None or after < before - margin_of(baseline[name])
    ]


def find_rises(figures: Figures, baseline: Figures) -> list[str]:
    """Return a sentence for every figure that rose by more than the margin."""
    return [
        f"{name}: {figure} rose from {before} to {after}"
        for name, figure, before, after in _pairs(figures, baseline)
        if after is not None and after > before + margin_of(baseline[name])
    ]


def margin_of(stored: Mapping[str, Any]) -> float:
    """Return by how much a figure of this set may fall."""
    return max(MARGIN, MARGIN_ROWS / stored["rows"])


def _is_held(figure: str) -> bool:
    return figure == WHOLE or (figure not in NOT_COMPARED and not figure.startswith(PARTS))


def _pairs(figures: Figures, baseline: Figures) -> Iterator[tuple[str, str, float, float | None]]:
    for name, stored in baseline.items():
        if name not in figures:
            continue
        for figure, before in stored.items():
            if _is_held(figure) and before is not None:
                yield name, figure, before, figures[name].get(figure)
