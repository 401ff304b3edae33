"""Text as the patterns of the guidance see it."""

import pytest

from stemcheck.content.plain_text import MAX_PLAIN_CHARS, MAX_WORD_CHARS, as_letters, make_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I CAN'T breathe", "i cant breathe"),
        ("I can\u2019t  breathe\n", "i cant breathe"),
        ("heeeelp!!!!", "heelp!!"),
        ("", ""),
    ],
)
def test_text_is_made_plain(text, plain):
    assert make_plain(text) == plain


@pytest.mark.parametrize("sign", ["\ufdfa", "\u0130", "\u1e9e", "ﬃ"])
def test_signs_that_stand_for_many_letters_do_not_make_a_text_longer(sign):
    assert len(make_plain(sign * MAX_PLAIN_CHARS)) <= MAX_PLAIN_CHARS


def test_a_text_that_was_longer_from_the_start_is_kept_whole():
    assert make_plain("a risk " * 5000).endswith("a risk")


@pytest.mark.parametrize(
    ("plain", "letters"),
    [
        ("café – naïve, 37°", b"cafe ~ naive, 37\xb0"),
        ("ich möchte sterben", b"ich mochte sterben"),
        ("хочу умереть", b"xxxx xxxxxxx"),
        ("sui\u200bcide e\u0301", b"suicide e"),
        ("🙂 ok", b"~ ok"),
        ("half \ud800 pair", b"half ~ pair"),
    ],
)
def test_each_letter_becomes_one_byte(plain, letters):
    assert as_letters(plain) == letters


def test_no_word_is_longer_than_a_pattern_reads():
    words = as_letters("ab" * MAX_PLAIN_CHARS).split()

    assert max(map(len, words)) == MAX_WORD_CHARS
