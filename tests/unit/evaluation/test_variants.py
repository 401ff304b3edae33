"""The same text in other clothes: its letters stay, and readings are compared with that of the plain text."""

import html
import unicodedata
from types import SimpleNamespace

import pytest

from evaluation.rows import LabelledText
from evaluation.text_variants import VARIANTS, WIDTH
from evaluation.variants import measure, sample
from stemcheck.claims.found_claim import FoundClaim
from tests.library import LIBRARY

TEXT = 'Our clinic\'s own cells cure MS. "Nobody" was ever worse & all are well again after a week with us.\nBook now!'


def letters(text):
    plain = unicodedata.normalize("NFKC", html.unescape(text)).replace("’", "'").replace("”", '"')
    return "".join(letter for letter in plain if letter.isalnum()).lower()


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "chat time stamps"])
def test_letters_of_a_text_stay(name):
    dressed = VARIANTS[name](TEXT)

    assert dressed != TEXT
    assert letters(dressed) == letters(TEXT)


def test_chat_stamps_stand_before_each_line():
    assert [line[:13] for line in VARIANTS["chat time stamps"](TEXT).splitlines()] == ["[14/03/2026, "] * 2


def test_wrapped_lines_are_short():
    assert max(map(len, VARIANTS["wrapped at 72"](TEXT).splitlines())) <= WIDTH


def test_variant_that_hides_a_claim_is_counted_and_named():
    rows = [LabelledText("advert-1", "It cures MS.", frozenset(), {}, frozenset(), True, "", True)]
    system = SimpleNamespace(
        find_in_all=lambda texts: [
            [FoundClaim("cure", "asserted", 0, 4, "text")] if "cures" in text else [] for text in texts
        ]
    )

    found = {one.variant: one for one in measure(LIBRARY, system, rows)}

    assert found["curly quotes"].figures == {"texts": 1, "same_flag": 1.0, "same_types": 1.0, "types_f1": 1.0}
    assert found["capitals"].figures["same_flag"] == 0.0
    assert found["capitals"].changed == ("advert-1",)


def test_sample_is_always_the_same():
    rows = [LabelledText(str(n), "", frozenset(), {}, frozenset(), False, "", True) for n in range(50)]

    assert sample(rows, 5) == sample(rows, 5)
    assert len(sample(rows, 100)) == 50
