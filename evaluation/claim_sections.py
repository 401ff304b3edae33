"""The sections of the report on claims: figures by type, mode and style, pictures, every miss."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.document import Block, Picture, Section, Table, Text
from evaluation.misses import Miss
from evaluation.pictures import draw_calibration, draw_confusion, draw_systems
from evaluation.probabilities import calibration_error
from evaluation.rows import ScoredText
from evaluation.scoring import NOTHING, confuse_types, count_modes, count_types, mode_of, score, split_by

FIGURES = ("rows", "flag_recall", "flag_precision", "unflagged_kept", "type_micro_f1", "type_macro_f1", "mode_accuracy")
GROUPED = ("rows", "flag_recall", "flag_precision", "type_micro_f1", "type_precision", "type_recall", "mode_accuracy")

Systems = Mapping[str, Mapping[str, Mapping[str, Any]]]


def systems_section(systems: Systems, folder: Path) -> Section:
    """Return ours beside the baselines, on each set."""
    draw_systems({name: figures["claims"] for name, figures in systems.items()}, folder / "systems.png")
    rows = [
        (set_name, system, *(figures[set_name].get(figure) for figure in FIGURES))
        for set_name in next(iter(systems.values()))
        for system, figures in systems.items()
    ]
    table = Table(("set", "system", *_words(FIGURES)), tuple(rows))
    return Section(
        "Ours beside the baselines", [table, Picture("systems.png", "Main figures of ours and two baselines")]
    )


def set_section(name: str, scored: Sequence[ScoredText], folder: Path) -> Section:
    """Return a set's figures by type, mode and style, with pictures of what was taken for what."""
    types = f"{name}-types.png"
    draw_confusion(confuse_types(scored), f"{name}: claim types", folder / types, last=(NOTHING,))
    blocks: list[Block] = [_type_table(scored), Picture(types, "Labelled against found claim types")]
    if modes := count_modes(scored):
        file = f"{name}-modes.png"
        draw_confusion(modes, f"{name}: modes", folder / file)
        blocks += [Picture(file, "Labelled against found modes"), _group_table("mode", split_by(scored, mode_of))]
        blocks.append(_group_table("style", split_by(scored, lambda text: text.row.style)))
    return Section(f"The set {name}", blocks)


def calibration_section(curve: Sequence[tuple[float, float, int]], folder: Path) -> Section:
    """Return how far the model's probabilities can be believed."""
    draw_calibration(curve, folder / "calibration.png")
    text = Text(f"Expected calibration error over all types of all sentences: {calibration_error(curve)}.")
    rows = tuple((mean, share, count) for mean, share, count in curve)
    table = Table(("mean probability", "share labelled so", "how many"), rows)
    return Section("Calibration", [text, Picture("calibration.png", "Share against probability"), table])


def misses_section(name: str, misses: Sequence[Miss]) -> Section:
    """Return every miss with what the spotter says of it."""
    rows = tuple((miss.id, miss.text, "; ".join(miss.wrong), "; ".join(miss.reasons)) for miss in misses)
    table = Table(("id", "text", "what is wrong", "what the spotter says"), rows)
    return Section(f"Every miss in {name} ({len(misses)})", [table])


def _type_table(scored: Sequence[ScoredText]) -> Table:
    rows = tuple(
        (kind, counts.hits + counts.missed, counts.precision, counts.recall, counts.f1)
        for kind, counts in count_types(scored).items()
    )
    return Table(("type", "labelled", "precision", "recall", "F1"), rows)


def _group_table(key: str, groups: Mapping[str, Sequence[ScoredText]]) -> Table:
    scores = {name: score(texts) for name, texts in groups.items()}
    rows = tuple((name, *(figures.get(figure) for figure in GROUPED)) for name, figures in scores.items())
    return Table((key, *_words(GROUPED)), rows)


def _words(figures: Sequence[str]) -> tuple[str, ...]:
    return tuple(figure.replace("_", " ") for figure in figures)
