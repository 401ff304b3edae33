"""What a visitor asks of their own beside somebody's claims, and which updates fit the cells that are spoken of."""

import pytest

from stemcheck.dialogue.claims.asked_beside import asked_beside
from stemcheck.dialogue.claims.fitting_updates import unfitting_updates
from tests.parse_data import claim
from tests.turns import LIBRARY, context, say

SAID = "The cells cure MS."
ADVERT = "Our cells cure MS. " + "The sea is blue and the beds are soft. " * 8


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What shall I say to her?", "reply-to-them"),
        ("How do I answer without a row?", "reply-to-them"),
        ("I do want it to be true.", "true-for-me"),
        ("Who is right, him or me?", "who-is-right"),
        ("Is it harmless at least?", "harmless"),
        ("So it works?", "so-it-works"),
        ("Is this legit?", "trust-them"),
        ("How much is it?", ""),
    ],
)
def test_own_question_is_known_before_and_after_a_pasted_text_and_in_talk(question, name):
    said = [claim(text=SAID, probability=0.99)]

    assert asked_beside(context("claim", text=f"{SAID} {question}", claims=said)) == name
    assert asked_beside(context("claim", text=f"{ADVERT}\n\n{question}", claims=said, is_pasted=True)) == name
    assert asked_beside(context("claim", text=f"{question}\n\n{ADVERT}", claims=said, is_pasted=True)) == name


def test_question_within_a_quoted_text_is_not_the_visitors_own():
    assert asked_beside(context("claim", text='"Is this legit? you ask. They cure MS."', claims=[claim()])) == ""


@pytest.mark.parametrize("is_pasted", [False, True])
def test_own_question_is_met_before_the_verdict_and_before_the_report(is_pasted):
    text = f"{ADVERT}\n\nWhat do I say to my uncle?"

    turn = say("claim", text=text, claims=[claim(text="Our cells cure MS.", probability=0.99)], is_pasted=is_pasted)

    assert any(turn.text.startswith(words) for words in LIBRARY.replies["beside-reply-to-them"].variants)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("The cells from cord blood cure MS", ["ahsct-accepted", "mesems-result"]),
        ("The cells from my fat cure MS", ["ahsct-accepted"]),
        ("AHSCT cures MS", ["mesems-result"]),
        ("Stem cells cure MS", []),
    ],
)
def test_update_on_other_cells_than_those_spoken_of_does_not_fit(text, left_out):
    assert unfitting_updates(context("claim", text=text, claims=[claim(text=text)])) == left_out


def test_whoever_hears_of_promising_results_hears_how_the_trial_ended():
    ctx = context("claim", text="The donor cells give energy", claims=[claim("improvement")])

    assert "mesems-result" not in unfitting_updates(ctx)
