"""Pictures for the reports: confusion of types and of modes, calibration, and ours beside the baselines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")

import matplotlib.pyplot as plt

INK, BLUE, GREY, ORANGE = "#1a1f2b", "#1f5fa8", "#8a93a3", "#c4641a"
DPI = 130


def draw_confusion(pairs: Counter[tuple[str, str]], title: str, path: Path, *, last: Sequence[str] = ()) -> None:
    """Draw labelled (rows) against found (columns); shades are shares of the row, numbers are counts."""
    names = sorted({name for pair in pairs for name in pair} - set(last)) + list(last)
    counts = np.array([[pairs[row, column] for column in names] for row in names])
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    size = 1.8 + 0.42 * len(names)
    figure, axes = plt.subplots(figsize=(size + 1.2, size))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in zip(*counts.nonzero(), strict=True):
        colour = "white" if shares[row, column] > 0.55 else INK
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    _finish(figure, axes, title, "found", "labelled", path)


def draw_calibration(curve: Sequence[tuple[float, float, int]], path: Path) -> None:
    """Draw the share that is really there against the probability that the model gave."""
    figure, axes = plt.subplots(figsize=(5.2, 4.6))
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1)
    axes.plot([mean for mean, _, _ in curve], [share for _, share, _ in curve], color=BLUE, marker="o")
    for mean, share, count in curve:
        axes.annotate(f"{count}", (mean, share), textcoords="offset points", xytext=(6, -11), fontsize=8, color=INK)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    _finish(figure, axes, "Calibration (numbers: how many)", "probability", "share that is labelled so", path)


def draw_systems(figures: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Draw the main figures of several systems side by side."""
    names = ("flag_recall", "flag_precision", "type_micro_f1", "mode_accuracy")
    figure, axes = plt.subplots(figsize=(7.6, 3.8))
    width = 0.8 / len(figures)
    for place, (system, colour) in enumerate(zip(figures, (BLUE, ORANGE, GREY), strict=False)):
        values = [figures[system].get(name) or 0 for name in names]
        bars = axes.bar(np.arange(len(names)) + place * width, values, width * 0.92, label=system, color=colour)
        axes.bar_label(bars, [f"{value:.2f}" for value in values], fontsize=8)
    axes.set_xticks(np.arange(len(names)) + width * (len(figures) - 1) / 2, [name.replace("_", " ") for name in names])
    axes.set_ylim(0, 1.25)
    axes.legend(frameon=False, fontsize=8, loc="upper center", ncol=1)
    _finish(figure, axes, "Sentences: ours beside the baselines", "", "", path)


def _finish(figure: Any, axes: Any, title: str, x: str, y: str, path: Path) -> None:
    axes.set_title(title, fontsize=11)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=DPI)
    plt.close(figure)
