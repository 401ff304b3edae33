"""Figures and picture of what messages are taken for."""

from collections import Counter

from evaluation.confusions import count_pairs, describe_pairs, worst_of
from evaluation.pictures import draw_confusion

LABELLED = ("greet", "greet", "thanks", "thanks", "affirm", "deny")
FOUND = ("greet", "thanks", "thanks", "thanks", "affirm", "deny")
PAIRS = count_pairs(LABELLED, FOUND)


def test_pairs_are_counted_by_name():
    assert (
        Counter(
            {
                ("thanks", "thanks"): 2,
                ("greet", "greet"): 1,
                ("greet", "thanks"): 1,
                ("affirm", "affirm"): 1,
                ("deny", "deny"): 1,
            }
        )
        == PAIRS
    )


def test_figures_are_those_of_the_pairs():
    figures = describe_pairs(PAIRS)

    assert (figures["messages"], figures["accuracy"]) == (6, 0.8333)
    assert figures["most_confused"] == ["greet as thanks: 1"]
    assert next(iter(figures["f1"].items())) == ("greet", 0.6667)
    assert figures["macro_f1"] == round((2 / 3 + 0.8 + 1 + 1) / 4, 4)


def test_picture_shows_the_confused_ones_alone(tmp_path):
    worst = worst_of(PAIRS)
    draw_confusion(worst, "Situations", tmp_path / "situations.png")

    assert {name for pair in worst for name in pair} == {"greet", "thanks"}
    assert (tmp_path / "situations.png").stat().st_size > 1000
