"""Text as the patterns of the guidance see it."""

import pytest

from stemcheck.content.plain_text import MAX_PLAIN_CHARS, MAX_WORD_CHARS, as_letters, make_plain
from stemcheck.content.safety_rule import build_safety_rule
from tests.library import LIBRARY


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I CAN'T breathe", "i cant breathe"),
        ("I can\u2019t  breathe\n", "i cant breathe"),
        ("heeeelp!!!!", "heelp!!"),
        ("𝗜 𝗰𝗮𝗻’𝘁 𝗯𝗿𝗲𝗮𝘁𝗵𝗲", "i cant breathe"),
        ("ɪ ᴄᴀɴ'ᴛ ʙʀᴇᴀᴛʜᴇ", "i cant breathe"),
        ("I саn&#39;t brеаthе", "i cant breathe"),
        ("I canâ€™t bre\u200bathe", "i cant breathe"),
        ("<p>I can't <b>breathe</b></p>", "<p>i cant <b>breathe</b></p>"),
        ("", ""),
    ],
)
def test_text_is_made_plain(text, plain):
    assert make_plain(text) == plain


@pytest.mark.parametrize("sign", ["\ufdfa", "\u0130", "\u1e9e", "ﬃ"])
def test_signs_that_stand_for_many_letters_do_not_make_a_text_longer(sign):
    assert len(make_plain(sign * MAX_PLAIN_CHARS)) <= MAX_PLAIN_CHARS


@pytest.mark.parametrize(
    "text",
    [
        "𝓘 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓭𝓲𝓮",
        "ɪ ᴡᴀɴᴛ ᴛᴏ ᴅɪᴇ",
        "I wаnt tо diе",
        "I wa\u00adnt to d\u200bie",
        "🅸 🆆🅰🅽🆃 🆃🅾 🅳🅸🅴",
        "I&nbsp;want&#32;to die",
    ],
)
def test_an_alarm_in_decorated_letters_is_an_alarm(text):
    card = build_safety_rule(LIBRARY.safety).find(text)

    assert card is not None
    assert card == build_safety_rule(LIBRARY.safety).find("I want to die")


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
