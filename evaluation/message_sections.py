"""The sections of the report on messages and alarms."""

from pathlib import Path

from evaluation.confusions import Pairs, count_pairs, describe_pairs, worst_of
from evaluation.document import Block, Picture, Section, Table, Text
from evaluation.message_scores import BARS, below_bars
from evaluation.messages import MessagesMeasured
from evaluation.pictures import draw_confusion
from evaluation.planned import Planned

PICTURE = "situations.png"


def message_sections(measured: MessagesMeasured, folder: Path) -> list[Section]:
    """Return figures beside their bars, what messages are taken for, and every miss."""
    return [_section(name, measured, folder) for name in measured.figures]


def _section(name: str, measured: MessagesMeasured, folder: Path) -> Section:
    bars = BARS.get(name, {})
    rows = tuple((figure, value, bars.get(figure)) for figure, value in measured.figures[name].items())
    below = "; ".join(below_bars({name: measured.figures[name]})) or "Every figure reaches its bar."
    blocks: list[Block] = [Table(("figure", "value", "bar"), rows), Text(below)]
    if name == "messages":
        blocks += _confusions(measured.planned[name], folder)
    wrong = measured.wrong[name]
    misses = Table(("id", "visitor", "what is wrong", "holds", "rule and reply"), tuple(wrong))
    return Section(f"The set {name}", [*blocks, Text(f"Every miss ({len(wrong)}):"), misses])


def _confusions(planned: list[Planned], folder: Path) -> list[Block]:
    pairs = pairs_of(planned)
    draw_confusion(worst_of(pairs), "Situations taken for another", folder / PICTURE)
    confused = "; ".join(describe_pairs(pairs)["most_confused"])
    return [Text(f"Most confused: {confused}."), Picture(PICTURE, "Labelled against found situations")]


def pairs_of(planned: list[Planned]) -> Pairs:
    """Return which situation each message was taken for; one of several that it holds is right."""
    held = [one.heard for one in planned if one.heard.message.situations and one.heard.ranked]
    found = [heard.ranked[0] for heard in held]
    labelled = [
        name if name in heard.message.situations else heard.message.situations[0]
        for heard, name in zip(held, found, strict=True)
    ]
    return count_pairs(labelled, found)
