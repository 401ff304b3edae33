"""Texts that are longer than a message are read in parts."""

import re

import pytest

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.long_text import MAX_PART_CHARS, find_in_long_texts, split_long_text

FILLER = "Rain fell on the town. "


class CureFinder:
    """Takes every "cure" for a claim."""

    def find_in_all(self, texts):
        assert all(len(text) <= MAX_PART_CHARS for text in texts)
        return [
            [FoundClaim("cure", "asserted", *match.span(), "cure") for match in re.finditer("cure", text)]
            for text in texts
        ]


@pytest.mark.parametrize("end", ["\n\n", "\n", " ", ""])
def test_parts_together_are_the_text(end):
    text = f"{FILLER.strip() if end != ' ' else 'word'}{end}" * 2000

    parts = list(split_long_text(text))

    assert "".join(part for _, part in parts) == text
    assert all(text[start : start + len(part)] == part for start, part in parts)
    assert max(len(part) for _, part in parts) <= MAX_PART_CHARS


def test_short_text_is_one_part():
    assert list(split_long_text(FILLER)) == [(0, FILLER)]


def test_part_ends_with_a_paragraph_where_there_is_one():
    text = f"{FILLER * 300}\n\n{FILLER * 300}"

    first, second = split_long_text(text)

    assert first[1].endswith("\n\n")
    assert second[1] == FILLER * 300


def test_places_are_those_in_the_whole_text():
    long_text = f"{FILLER * 1000}\n\nThey cure all. {FILLER * 500} A cure."

    found = find_in_long_texts(CureFinder(), ["No claim.", long_text, "A cure"])

    assert [len(claims) for claims in found] == [0, 2, 1]
    assert all(long_text[claim.start : claim.end] == "cure" for claim in found[1])
