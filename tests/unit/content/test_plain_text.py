"""Text as the patterns of the guidance see it."""

import pytest

from stemcheck.content.plain_text import make_plain


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
