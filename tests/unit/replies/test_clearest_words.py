"""Which words of a sentence a card quotes, when the sentence makes several claims."""

from stemcheck.replies.claim_cards import describe_claim
from stemcheck.replies.clearest_words import narrow_quotes
from tests.parse_data import claim
from tests.turns import LIBRARY


def quotes(text, *types, start=0):
    """Return the words and the place of each card, of claims that share a sentence."""
    cards = [describe_claim(LIBRARY, claim(kind, text=text, start=start)) for kind in types]
    return [(card["text"], card["start"], card["end"]) for card in narrow_quotes(LIBRARY, cards)]


def test_each_of_two_claims_is_quoted_by_its_own_words():
    found = quotes("It's FDA approved and 9 in 10 get better", "approval", "success-rate", start=10)

    assert found == [("It's FDA approved", 10, 27), ("9 in 10 get better", 32, 50)]


def test_three_claims_are_divided_at_commas_and_conjunctions():
    text = "It is licensed here, has no side effects, and there is a discount"

    words = [found[0] for found in quotes(text, "approval", "no-risk", "pressure")]

    assert words == ["It is licensed here", "has no side effects", "there is a discount"]


def test_words_that_cannot_be_told_apart_stay_whole():
    text = "It makes everything in you new and whole again"

    assert [found[0] for found in quotes(text, "cure", "reversal")] == [text, text]


def test_claim_by_itself_keeps_its_words():
    text = "It's approved and wonderful"

    assert quotes(text, "approval") == [(text, 0, len(text))]


def test_claim_across_lines_is_quoted_by_the_line_that_makes_it():
    assert quotes("Come in\n- No side effects\n- Free tea", "no-risk") == [("No side effects", 10, 25)]


def test_half_a_bracket_is_not_quoted():
    assert quotes("mostly) it has no risk", "no-risk") == [("it has no risk", 8, 22)]


def test_of_long_words_the_sentence_that_makes_the_claim_is_quoted():
    filler = "We have a garden with roses and a view over the hills, and tea is served at four. " * 3

    assert [found[0] for found in quotes(f"{filler}It has no risk.", "no-risk")] == ["It has no risk."]
