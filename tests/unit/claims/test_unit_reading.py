"""Texts of any shape are read to their last letter, and in bounded work."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemcheck.claims.reading_units import LONGEST_SENTENCE, MOST_ALONE, reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.unit_reading import read_units
from stemcheck.model.encoder import MAX_TOKENS
from stemcheck.model.inference import Prediction

RUN_ON = "we make your legs walk again and your ms goes away with our own cells "


class WordModel:
    """Takes every letter for a token, and reads as many as the real network takes."""

    def __init__(self):
        self.texts = []

    def predict(self, texts):
        self.texts += texts
        return [self.reading(text) for text in texts]

    @staticmethod
    def reading(text):
        places = [place for place, letter in enumerate(text) if not letter.isspace()][: MAX_TOKENS - 2]
        offsets = ((0, 0), *((place, place + 1) for place in places), (0, 0))
        return Prediction(np.ones(3), np.zeros(1), np.ones((1, len(offsets))), offsets, np.ones(3), {})


def units_of(text):
    return reading_units(text, split_sentences(text))


def letters(text):
    return [place for place, letter in enumerate(text) if letter.isalnum()]


def covered(text, units):
    return {place for unit in units for place in range(unit.start, unit.start + len(unit.text))}


@given(st.text(alphabet="ab1 .,\n-", max_size=3000))
@settings(max_examples=60)
def test_pieces_hold_every_letter(text):
    assert set(letters(text)) <= covered(text, units_of(text))


@pytest.mark.parametrize("text", [RUN_ON * 100, "x" * 8000, "gone, " * 1300], ids=["words", "letters", "clauses"])
def test_sentence_without_an_end_is_cut_into_pieces_that_can_be_read(text):
    units = units_of(text[:8000])

    assert max(len(unit.text) for unit in units) <= LONGEST_SENTENCE
    assert set(letters(text[:8000])) <= covered(text, units)
    assert all(text[unit.start :].startswith(unit.text) for unit in units)


def test_long_sentence_is_cut_between_words():
    assert all(unit.text.split()[0] in RUN_ON.split() for unit in units_of(RUN_ON * 20))


def test_piece_with_more_tokens_than_the_network_takes_is_read_to_its_end():
    text = "治愈" * 500
    units = units_of(text)

    (read,) = read_units(WordModel(), [units])

    assert "".join(one.unit.text for one in read) == text
    assert [one.unit.start for one in read] == sorted(one.unit.start for one in read)
    assert all(len(one.unit.text) < MAX_TOKENS for one in read)


def test_text_of_thousands_of_tiny_lines_is_read_in_a_bounded_number_of_readings():
    text = "\n".join(f"{number % 90 + 10}" for number in range(2600))
    network = WordModel()

    read_units(network, [units_of(text)])

    alone = sum(len(unit.sentences) for unit in units_of(text))
    assert alone <= MOST_ALONE
    assert len(network.texts) <= MOST_ALONE + 2 * len(text) // 100
    assert set(letters(text)) <= covered(text, units_of(text))


def test_every_sentence_of_a_usual_text_is_read_by_itself_too():
    units = units_of("It heals MS. There are no risks. Book today.")

    assert [len(unit.sentences) for unit in units] == [3]
