"""Every text that a visitor may read: plain, in our own words, calm."""

import re

import pytest

from tests.content.own_words import hash_runs, read_hashes
from tests.content.readability import grade
from tests.content.wordings import list_wordings
from tests.library import LIBRARY

WORDINGS = list(list_wordings(LIBRARY))
# titles and words are no sentences; situations have a test of their own, and guidance says what a page says
OWN = [item for item in WORDINGS if not item[0].startswith(("situations/", "guidance/"))]
SENTENCES = [(name, text) for name, text in OWN if len(text.split()) >= 5 and not name.endswith("/title")]
TERMS = [word for term in LIBRARY.terms.values() for word in term.words]
SOURCE_RUNS = read_hashes()
HIGHEST_GRADE = 8
HARSH = re.compile(r"\b(liars?|quacks?|con artists?)\b", re.IGNORECASE)
ACCUSING = re.compile(r"\b(scam|fraud|lying(?! (down|neck)))\b", re.IGNORECASE)
HARDER = {"updates/mesems-result/line": 11}  # a trial's result in its own words, in one line


def test_text_can_be_read_at_grade_eight():
    grades = {name: grade(text, TERMS) for name, text in SENTENCES}

    assert {name: found for name, found in grades.items() if found > HARDER.get(name, HIGHEST_GRADE)} == {}


def test_text_is_in_our_own_words():
    copied = {name: [run for hash_, run in hash_runs(text).items() if hash_ in SOURCE_RUNS] for name, text in WORDINGS}

    assert {name: runs for name, runs in copied.items() if runs} == {}


def test_text_is_calm():
    assert [name for name, text in WORDINGS if "!" in text or HARSH.search(text)] == []


def test_text_accuses_nobody():
    assert [name for name, text in OWN if ACCUSING.search(text)] == []


@pytest.mark.parametrize("fact", LIBRARY.facts.values(), ids=LIBRARY.facts)
def test_statement_is_one_or_two_short_sentences(fact):
    sentences = re.findall(r"[.!?](?:\s|$)", fact.statement)

    assert 1 <= len(sentences) <= 2
    assert len(fact.statement.split()) <= 36


@pytest.mark.parametrize("fact", LIBRARY.facts.values(), ids=LIBRARY.facts)
def test_more_says_it_in_other_words(fact):
    assert not hash_runs(fact.statement).keys() & hash_runs(fact.more).keys()


@pytest.mark.parametrize("fact", LIBRARY.facts.values(), ids=LIBRARY.facts)
def test_title_has_two_to_four_words(fact):
    assert 2 <= len(re.split(r"[\s-]+", fact.title)) <= 4


@pytest.mark.parametrize("claim_type", LIBRARY.claim_types.values(), ids=LIBRARY.claim_types)
def test_reason_is_two_or_three_sentences(claim_type):
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", claim_type.reason)) <= 3


@pytest.mark.parametrize("term", LIBRARY.terms.values(), ids=LIBRARY.terms)
def test_term_is_used_somewhere(term):
    everything = " ".join(text for _, text in WORDINGS).lower()

    assert any(word.lower() in everything for word in term.words)
