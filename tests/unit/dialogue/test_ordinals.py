"""Which one of a list a message points at."""

import pytest

from stemcheck.dialogue.ordinals import pick, place_of, places_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the second one?", 1),
        ("take the last sentence first", -1),
        ("what about the first point", 0),
        ("and the third?", 2),
        ("2nd?", 1),
        ("number 2 please", 1),
        ("point 3", 2),
        ("number two please", 1),
        ("ok and the first", 0),
        ("2", 1),
    ],
)
def test_place_is_read(text, place):
    assert place_of(text) == place


@pytest.mark.parametrize(
    "text",
    ["my second relapse was in May", "first of all, thank you", "is it the last hope", "2 of my friends", "why?", ""],
)
def test_other_words_name_no_place(text):
    assert place_of(text) is None


def test_all_places_are_read_for_a_comparison():
    assert places_of("is the first one worse than number three, or the 2nd?") == [0, 2, 1]
    assert places_of("which of them is worse") == []


def test_place_beyond_the_list_picks_nothing():
    assert pick("the third one", ["a", "b"]) is None
    assert pick("the last one", []) is None


def test_the_other_one_is_the_one_not_told_yet():
    assert pick("and the other ability?", ["a", "b"], ["a"]) == "b"
    assert pick("and the other ability?", ["a", "b"], []) is None
    assert pick("the other one", ["a", "b", "c"], ["a"]) is None
