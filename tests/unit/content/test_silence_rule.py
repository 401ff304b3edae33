"""What a clinic's text speaks of, and what it leaves unsaid."""

import pytest

from stemcheck.content.silence_rule import find_silences, is_offer
from tests.library import LIBRARY

SILENCES = LIBRARY.silences


def silent_about(text):
    return {silence.id for silence in find_silences(SILENCES, text)}


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("risks", "Possible side effects are listed on page two."),
        ("risks", "The injection may cause pain and, rarely, an infection."),
        ("risks", "Talk to us about the risks."),
        ("cells", "We take the cells from your own belly fat."),
        ("cells", "Mesenchymal cells from cord blood"),
        ("cells", "They took fat from my belly and gave me my own cells back."),
        ("cells", "No danger, cell is from own body."),
        ("trial-registration", "Registered as NCT01234567."),
        ("trial-registration", "This is a phase II trial."),
        ("follow-up", "We follow you for five years."),
        ("follow-up", "You will be followed for five years by neurologists."),
        ("follow-up", "Follow-up visits after six and twelve months"),
        ("who-treats", "Dr. Example, neurologist, leads the team."),
        ("independent-evidence", "The results were published in a peer-reviewed journal."),
        ("independent-evidence", "There is no published evidence yet that it works in MS."),
    ],
)
def test_text_that_speaks_of_it_is_not_silent(id, text):
    assert id not in silent_about(text)


@pytest.mark.parametrize(
    "text",
    [
        "No side effects whatsoever.",
        "Our method is risk-free.",
        "It works without any risk or complications",
        "Zero risk. Book now.",
    ],
)
def test_denying_all_risks_is_silence_about_risks(text):
    assert "risks" in silent_about(text)


def test_pure_praise_is_silent_about_everything():
    assert silent_about("Come to the sunny coast and leave MS behind. Book today.") == set(SILENCES)


@pytest.mark.parametrize(
    "text", ["Our clinic by the sea", "MS is treated in Lima.", "Infusions on Monday", "It heals."]
)
def test_text_that_speaks_of_treatment_is_an_offer(text):
    assert is_offer(text)


@pytest.mark.parametrize("text", ["The tulips are out, and there is cake.", "A talk on stem cell research at the hall"])
def test_text_that_speaks_of_none_is_not(text):
    assert not is_offer(text)
