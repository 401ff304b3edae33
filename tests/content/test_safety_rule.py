"""The plain rule must find messages that need help, and leave figures of speech alone."""

import time
from pathlib import Path

import pytest
import yaml

from stemcheck.content.problems import ContentError
from stemcheck.content.safety_rule import build_safety_rule, graver
from tests.library import LIBRARY

RULE = build_safety_rule(LIBRARY.safety)
SENTENCES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(__file__).parent.glob("safety/*.yml")}
FOUND = [(card, text) for card, lists in SENTENCES.items() for text in lists["found"]]
HARMLESS = [(card, text) for card, lists in SENTENCES.items() for text in lists["harmless"]]
FOREIGN = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(__file__).parent.glob("foreign_safety/*.yml")
}
FOREIGN_FOUND = [
    (code, card, text) for code, rows in FOREIGN.items() for card, texts in rows["found"].items() for text in texts
]
FOREIGN_HARMLESS = [(code, text) for code, rows in FOREIGN.items() for text in rows["harmless"]]


def names(rows):
    return [f"{card}: {text[:60]}" for card, text in rows]


@pytest.mark.parametrize(("card", "text"), FOUND, ids=names(FOUND))
def test_message_gets_its_card(card, text):
    found = RULE.find(text)

    assert found is not None
    assert found.id == card


@pytest.mark.parametrize(("card", "text"), HARMLESS, ids=names(HARMLESS))
def test_harmless_message_gets_no_card(card, text):
    found = RULE.find(text)

    assert found is None


@pytest.mark.parametrize(("code", "card", "text"), FOREIGN_FOUND)
def test_message_in_another_language_gets_its_card_in_that_language(code, card, text):
    found = RULE.find_in(text, code)

    assert found is not None
    assert found.id == card


def test_language_of_a_message_is_told_by_the_patterns_that_fit():
    card, language = RULE.find_in_any("Voglio morire")

    assert (card.id, language) == ("crisis", "it")


def test_english_goes_first_where_patterns_of_another_language_fit_as_well():
    card, language = RULE.find_in_any("38.6 on day 9 after transplantation")

    assert (card.degree, language) == ("today", "")


@pytest.mark.parametrize(("code", "text"), FOREIGN_HARMLESS)
def test_harmless_message_in_another_language_gets_no_card(code, text):
    assert RULE.find_in(text, code) is None


def test_rule_speaks_every_language_of_the_cards():
    languages = {code for card in LIBRARY.safety.values() for code in card.languages}

    assert languages == FOREIGN.keys()


def test_graver_card_goes_first():
    assert graver(RULE.cards, "crisis", "emergency") == "emergency"
    assert graver(RULE.cards, "", "crisis") == "crisis"
    assert graver(RULE.cards, "", "") == ""


def test_a_figure_of_speech_does_not_hide_what_is_real():
    found = RULE.find("I'm dying to know what this costs, but right now I want to kill myself")

    assert found is not None
    assert found.id == "crisis"


def test_every_card_with_patterns_has_enough_sentences():
    for card in (card.id for card in LIBRARY.safety.values() if card.patterns):
        assert len(SENTENCES[card]["found"]) >= 25
        assert len(SENTENCES[card]["harmless"]) >= 25


def test_a_pattern_that_could_take_long_stops_the_start():
    card = next(iter(LIBRARY.safety.values()))
    endless = card.copy(update={"patterns": (*card.patterns, r"\bwhich( \w+)* way\b")})

    with pytest.raises(ContentError, match=rf"data/safety/{card.id}\.yml: {card.id}: .* has no end\. Give it one"):
        build_safety_rule({card.id: endless})


def processor_time(text):
    """Return the least seconds of processor time of three readings: other processes do not count."""
    times = []
    for _ in range(3):
        started = time.process_time()
        RULE.find(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.no_cover
def test_reading_time_grows_with_the_text_and_no_faster():
    text = "my husband has been told that he can have cells taken from his hip and "

    assert processor_time(text * 200) < 10 * processor_time(text * 50)
