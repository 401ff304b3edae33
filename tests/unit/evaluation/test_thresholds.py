"""Thresholds chosen from held-out texts and messages, on rows small enough to see why."""

from types import SimpleNamespace

import pytest

from evaluation.claim_thresholds import GRID, MIDDLE, choose_thresholds, write_thresholds
from evaluation.held_out import HeldMessage
from evaluation.planned import Heard, Planner
from evaluation.rows import LabelledText, compare
from evaluation.threshold_search import NEVER, Search, lowest_precise
from evaluation.thresholds_dialogue import with_values
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.thresholds import FILE, load_thresholds
from stemcheck.conversation.reading import Reading
from stemcheck.dialogue.context import load_thresholds as load_dialogue_thresholds
from stemcheck.settings import load_settings
from tests.library import LIBRARY

SETTINGS = load_settings()
START = load_dialogue_thresholds(SETTINGS.data_folder)
CALM, OTHER, NOW = "ahsct/age-limit", "money/what-does-it-cost", "alarm/chest-pain"


def scored_at(probabilities):
    """Return what is found at each threshold in texts of which (probability of "cure", is it labelled) is known."""
    rows = [
        LabelledText(f"{place}", "text", frozenset(["cure"] if is_cure else []), {}, frozenset(), is_cure, "", True)
        for place, (_, is_cure) in enumerate(probabilities)
    ]

    def find(value):
        return [[FoundClaim("cure", "asserted", 0, 4, "text")] if sure >= value else [] for sure, _ in probabilities]

    return {
        value: compare(LIBRARY, rows, SimpleNamespace(find_in_all=lambda texts, value=value: find(value)))
        for value in GRID
    }


def test_claim_threshold_lies_between_what_is_a_claim_and_what_is_not():
    rows = [(0.72, True)] * 6 + [(0.55, False)] * 6

    chosen = choose_thresholds(scored_at(rows), ["cure"])

    assert 0.55 < chosen["cure"] <= 0.72


def test_type_with_few_labelled_texts_keeps_the_middle():
    assert choose_thresholds(scored_at([(0.9, True), (0.8, False)]), ["cure", "proof"]) == dict.fromkeys(
        ("cure", "proof"), MIDDLE
    )


def test_claim_thresholds_are_read_as_they_were_written(tmp_path):
    write_thresholds({"cure": 0.35}, 0.2, tmp_path)

    stored = load_thresholds.__wrapped__(tmp_path)

    assert (tmp_path / FILE).read_text().startswith("# From which probability")
    assert (stored.of("cure"), stored.possible) == (0.35, 0.2)


def heard(degree, sure, *, situation=CALM, confidence=0.9):
    message = HeldMessage("message-1", "text", (CALM,), degree)
    degrees = {"now": sure, "today": 0.0, "talk": 0.0}
    ranking = ((situation, confidence), (NOW, sure), (OTHER, 0.01))
    return Heard(message, Reading("text", ranking, labels={}, degrees=degrees))


def search(*rows):
    return Search(Planner(LIBRARY, SETTINGS), rows)


def test_no_alarm_is_missed_and_no_calm_message_gets_a_card_where_that_can_be():
    rows = [heard("now", 0.6), heard("now", 0.3), *[heard("none", 0.2)] * 10]

    bound = search(*rows).alarms(START)["alarm_now"]

    assert 0.2 < bound <= 0.3


def test_alarm_is_missed_only_where_it_would_cost_too_many_false_cards():
    rows = [heard("now", 0.6), heard("now", 0.02), *[heard("none", 0.1)] * 50]

    bound = search(*rows).alarms(START)["alarm_now"]

    assert 0.1 < bound <= 0.6


def test_degree_without_alarms_to_learn_from_adds_no_false_card():
    found = search(heard("now", 0.6), *[heard("none", 0.1)] * 10).alarms(START)

    assert found["alarm_talk"] < NEVER
    assert found["alarm_now"] > 0.1


def test_answers_are_sure_from_where_few_are_on_a_wrong_subject():
    right = [heard("none", 0.0, confidence=0.72)] * 30
    wrong = [heard("none", 0.0, situation=OTHER, confidence=0.52)] * 10

    found = search(*right, *wrong).answers(START)

    assert 0.52 < found["sure"] <= 0.72 and found["part_sure"] >= found["sure"]


def test_lowest_precise_value_is_the_one_from_which_enough_is_right():
    pairs = [(0.3, False), (0.62, True), (0.9, True)]

    assert lowest_precise(pairs, 0.9) == 0.35
    assert lowest_precise([(0.3, False), (0.9, False)], 0.9) >= 0.3


def test_values_are_put_in_and_comments_stay():
    text = "# Fitted.\nsure: 0.45          # answered\nlikely: 0.15        # offered\n"

    assert with_values(text, {"sure": 0.6}) == text.replace("0.45", "0.6")


def test_value_without_a_line_is_an_error_that_names_it():
    with pytest.raises(KeyError, match="alarm_now"):
        with_values("sure: 0.45\n", {"sure": 0.5, "alarm_now": 0.3})
