"""Patterns that RE2 reads, also where they look around, and patterns that are refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemcheck.content.linear_pattern import LinearPattern, find_refused, has_sign
from stemcheck.content.pattern_parts import PatternRefused

# as Python's own engine reads them, so must this one
PATTERNS = [
    r"\bdie\b(?! (laughing|happy))",
    r"\b(go on\b(?! (holiday|a))|carry on|stop\b(?! (it|them)\b))",
    r"(?<!ms )(?<!\ba )\bclinic\b",
    r"\b(fits?|stroke)\b(?=.{0,20}\b(ago|once)\b)(?!.{0,30}\b((?<!well )now|again)\b)",
    r"\bno (way out|hope)\b(?=,? [^.!]{0,10}\blife\b)",
    r"^fever\b|\bchills?$",
    r"\b(he|she)( (has|had)){0,2} (fits|a stroke)\b",
]
WORDS = (
    "die laughing happy go on holiday a carry stop it them ms clinic fit fits stroke ago once now well again "
    "no way out hope life fever chill he she has had . , !"
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_a_pattern_is_found_where_python_finds_it(pattern, words):
    text = " ".join(words)

    assert LinearPattern(pattern).is_in(text.encode()) == bool(re.search(pattern, text))


@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_what_is_cut_is_what_python_would_replace(pattern, words):
    text = " ".join(words)

    assert LinearPattern(pattern).cut(text.encode(), b"|") == re.sub(pattern, "|", text).encode()


def test_of_two_that_begin_together_the_one_written_first_is_cut():
    text = b"in 1995 i fainted, no trouble since"

    assert LinearPattern(r"in \d+(?! today) i fainted|in \d+").cut(text, b"|") == b"|, no trouble since"
    assert LinearPattern(r"in \d+|in \d+(?! today) i fainted").cut(text, b"|") == b"| i fainted, no trouble since"


def test_what_is_ahead_may_begin_anywhere_in_its_run_and_nowhere_after():
    pattern = LinearPattern(r"\bsuicide\b(?!.{0,20}\bmyself\b)")

    assert not pattern.is_in(b"suicide rates and myself")
    assert pattern.is_in(b"suicide rates of a whole country and myself")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        (r"\b(to |my )*lesions\b", "has no end"),
        (r"\bred .*\bflag\b", "has no end"),
        (r"\bnot[^.]+now\b", "has no end"),
        (r"((?!now)\w+ ){0,5}fits", "looks around within a repeat"),
        (r"\b(\w+) \1\b", "read again and again"),
        (r"\b(fits", "is no regular expression"),
        (r"(a{0,900}){0,900}", "RE2 cannot read it"),
    ],
)
def test_a_pattern_that_could_take_long_is_refused_with_a_remedy(pattern, problem):
    with pytest.raises(PatternRefused, match=problem) as refused:
        LinearPattern(pattern)

    assert refused.value.remedy


def test_editors_are_told_file_id_and_remedy():
    (problem,) = find_refused("data/guidance/silences.yml", "risks", [r"\brisks?\b", r"no .*risk"])

    assert str(problem) == (
        "data/guidance/silences.yml: risks: the pattern 'no .*risk' cannot be used: "
        "a repeat that can go on from word to word has no end. Give it one: {0,8} for *."
    )


def test_a_sign_beside_a_figure_of_speech_still_counts():
    assert has_sign(b"dying to know, and i want to die", (r"\bdie\b", r"\bdying\b"), (r"\bdying to know\b",))
    assert not has_sign(b"dying to know", (r"\bdie\b", r"\bdying\b"), (r"\bdying to know\b",))
