"""Patterns: those that lift a doubtful claim, and the firm ones that speak where the network is silent."""

import re

import pytest

from stemcheck.claims.cues import load_cues
from stemcheck.claims.patterns import ClaimPatterns, PatternError, load_patterns, read_patterns
from stemcheck.claims.spotter import Spotter
from stemcheck.claims.treatment import load_treatment_words
from tests.unit.claims.test_spotter import THRESHOLDS, ScriptedModel

SILENT = ScriptedModel({"": (0.0, 0.0)})
FIRM = ClaimPatterns({}, {"no-risk": [re.compile("no risk whatsoever", re.IGNORECASE)]})


def spot(text):
    return Spotter(SILENT, THRESHOLDS, load_cues(), FIRM, load_treatment_words()).find_claims(text)


def test_firm_pattern_speaks_where_the_network_is_silent():
    (found,) = spot("Our stem cells carry no risk whatsoever.")

    assert (found.type, found.is_confirmed) == ("no-risk", True)
    assert found.because == ("pattern: no risk whatsoever",)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody can say that stem cells carry no risk whatsoever.",
        "It is a myth that stem cells carry no risk whatsoever.",
        "I wish stem cells had no risk whatsoever.",
    ],
)
def test_firm_pattern_gives_way_to_a_word_outside_it(text):
    assert not [found for found in spot(text) if found.is_confirmed]


def test_firm_pattern_says_nothing_of_a_piece_without_our_treatment():
    assert spot("This ladder has no risk whatsoever.") == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("no-risk", "There are no side effects at all."),
        ("stop-medication", "The clinic took my sister off her MS tablets."),
        ("stop-medication", "He was taken off his medication by a stem cell centre."),
        ("endorsement", "We are registered on ClinicalTrials.gov, so you can trust us."),
    ],
)
def test_fixed_wording_is_known(kind, text):
    assert load_patterns().find_firm(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("no-risk", "There are no stairs at all."),
        ("stop-medication", "My neurologist took me off my tablets and gave me new ones."),
        ("endorsement", "The trial is registered on ClinicalTrials.gov."),
    ],
)
def test_what_is_near_to_fixed_wording_is_left_alone(kind, text):
    assert not load_patterns().find_firm(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("no-risk", "stem cells have serious risks"),
        ("no-risk", "there are side-effects"),
        ("halting", "the relapses simply go on"),
        ("halting", "the progression of MS carries on"),
    ],
)
def test_opposite_of_a_type_is_known(kind, text):
    assert load_patterns().find_opposite(kind, text, 0, 5)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("no-risk", "stem cells have no risks"),
        ("halting", "the relapses go away"),
        ("halting", "your MS is gone"),
        ("halting", "with drugs relapses go on, but with cells they end"),
        ("halting", "Cells end it. With drugs the relapses go on."),
    ],
)
def test_claim_is_not_its_own_opposite(kind, text):
    assert not load_patterns().find_opposite(kind, text, 0, 5)


def test_opposite_in_the_claims_own_words_denies_it_however_sure_the_network_is():
    opposite = ClaimPatterns({}, opposite={"cure": [re.compile("stays")]})
    network = ScriptedModel({"MS stays": (0.99, 0.0)})

    (found,) = Spotter(network, THRESHOLDS, load_cues(), opposite, load_treatment_words()).find_claims("MS stays")

    assert not found.is_confirmed and found.cue == "opposite: stays"


def test_broken_pattern_names_file_type_and_remedy(tmp_path):
    (tmp_path / "patterns.yml").write_text("patterns: {}\nfirm: {cure: ['(']}\n", "utf-8")

    with pytest.raises(PatternError, match=r"cure: .*Correct the regular expression"):
        read_patterns(tmp_path / "patterns.yml")


def test_a_pattern_that_could_be_read_for_ever_is_refused(tmp_path):
    path = tmp_path / "claim-patterns.yml"
    path.write_text("patterns:\n  cure:\n    - '\\bcures( \\w+)* ms\\b'\n", "utf-8")

    with pytest.raises(PatternError, match=r"cure: .*has no end\. Give it one"):
        read_patterns(path)
