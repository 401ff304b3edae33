"""Sentences and reading units: where each one begins and ends in the original text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemcheck.claims import english
from stemcheck.claims.cues import CueMatcher
from stemcheck.claims.reading_units import LONGEST, reading_units
from stemcheck.claims.sentences import split_sentences

LONG = "We welcome you by the sea with flowers. "


def texts_of(text):
    return [sentence.text for sentence in split_sentences(text)]


def test_full_stops_end_sentences():
    assert texts_of("No cure exists. Trials go on! Do they?") == ["No cure exists.", "Trials go on!", "Do they?"]


def test_new_line_ends_a_headline_without_a_full_stop():
    assert texts_of("Say goodbye to MS\nBook today") == ["Say goodbye to MS", "Book today"]


@pytest.mark.parametrize("bullet", ["- ", "• ", "✓ ", "* ", "  – ", "> ", "# "])
def test_bullets_are_no_part_of_a_sentence(bullet):
    assert texts_of(f"{bullet}No side effects") == ["No side effects"]


def test_bullets_in_one_line_are_sentences_of_their_own():
    assert texts_of("• better balance • less fatigue ✓ no drugs") == ["better balance", "less fatigue", "no drugs"]


@pytest.mark.parametrize("text", ["Basic | 3 days", "MS • stroke • autism"])
def test_a_row_and_a_list_without_a_first_bullet_are_one_sentence(text):
    assert texts_of(text) == [text]


@pytest.mark.parametrize("text", ["", "   \n\t ", "…", "!!! ✓ ---"])
def test_text_without_a_letter_has_no_sentence(text):
    assert split_sentences(text) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_says(text):
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text


@settings(deadline=None)
@given(st.text(max_size=500))
def test_units_are_in_order_and_stand_where_they_say(text):
    units = reading_units(text, split_sentences(text))

    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    assert all(text[unit.start : unit.start + len(unit.text)] == unit.text for unit in units)


def test_short_message_is_read_as_a_whole():
    text = "  They say it is approved. True? "

    assert [unit.text for unit in reading_units(text, split_sentences(text))] == ["They say it is approved. True?"]


def test_long_text_is_read_in_pieces_of_whole_sentences():
    text = LONG * 12

    units = reading_units(text, split_sentences(text))

    assert len(units) > 1
    assert all(len(unit.text) <= LONGEST and unit.text.endswith("flowers.") for unit in units)
    assert " ".join(unit.text for unit in units) == text.strip()


def test_sentence_that_is_too_long_stays_whole():
    text = "and so on " * 40 + "it ends."

    assert [unit.text for unit in reading_units(text, split_sentences(text))] == [text]


def test_blank_text_has_no_unit():
    assert reading_units(" \n ", split_sentences(" \n ")) == []


@pytest.mark.parametrize(
    "word", ["🙂" * 7900, "x" * 7900, "a." * 3950, "(" * 7900], ids=["emoji", "x", "dots", "brackets"]
)
@pytest.mark.no_cover
def test_endless_word_is_split_in_time(word):
    import time

    began = time.perf_counter()
    sentences = split_sentences(f"Before it. {word} after it. The end.")

    assert time.perf_counter() - began < 1
    assert sentences[-1].text == "The end."


def test_words_of_a_long_stream_do_not_pile_up(monkeypatch):
    matcher = CueMatcher({("negation", "before"): ["nobody"]})
    first = english.load_english()
    monkeypatch.setattr(english, "MOST_WORDS", len(first.vocab) + 200)

    for number in range(300):
        text = f"Nobody was here before unheard{number}."
        assert texts_of(text) == [text]
        assert [cue.text for cue in matcher.find(text)] == ["Nobody"]

    assert english.load_english() is not first
    assert len(english.load_english().vocab) <= len(first.vocab)
