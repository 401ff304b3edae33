"""The baseline: figures that may not fall by more than a small margin."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).parent / "baseline.json"
# Training is repeatable on one machine, yet another CPU rounds otherwise: on the sets' sizes that is a row or two.
MARGIN = 0.01
NOT_COMPARED = ("rows", "facts_cited_per_answer", "calibration_error")

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
    path.write_text(json.dumps({**about, "margin": MARGIN, "figures": merged}, indent=2) + "\n", encoding="utf-8")


def find_falls(figures: Figures, baseline: Figures) -> list[str]:
    """Return a sentence for every figure that fell by more than the margin, or is not there any more."""
    return [
        f"{name}: {figure} fell from {before} to {after}"
        for name, figure, before, after in _pairs(figures, baseline)
        if after is None or after < before - MARGIN
    ]


def find_rises(figures: Figures, baseline: Figures) -> list[str]:
    """Return a sentence for every figure that rose by more than the margin."""
    return [
        f"{name}: {figure} rose from {before} to {after}"
        for name, figure, before, after in _pairs(figures, baseline)
        if after is not None and after > before + MARGIN
    ]


def _pairs(figures: Figures, baseline: Figures) -> Iterator[tuple[str, str, float, float | None]]:
    for name, stored in baseline.items():
        if name not in figures:
            continue
        for figure, before in stored.items():
            if figure not in NOT_COMPARED and before is not None:
                yield name, figure, before, figures[name].get(figure)
