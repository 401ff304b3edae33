"""The safety card: one sentence to the person, the card, whom to call; by degree, region and language."""

import pytest

from stemcheck.conversation.state import DialogueState
from stemcheck.replies.safety_card import show_card
from tests.parse_data import claim
from tests.turns import LIBRARY

ALARMS = [item.id for item in LIBRARY.situations.values() if item.card and item.group == "alarm"]
OTHERS = [item.id for item in LIBRARY.situations.values() if item.card and item.group != "alarm"]
TRANSLATED = [(card.id, code) for card in LIBRARY.safety.values() for code in card.languages]


@pytest.mark.parametrize("card", LIBRARY.safety.values(), ids=LIBRARY.safety)
def test_card_holds_title_action_and_degree(card):
    answer, state = show_card(LIBRARY, card.id, DialogueState())

    shown = answer.extra["card"]
    assert answer.kind == "safety"
    assert (shown["id"], shown["degree"], shown["title"]) == (card.id, card.degree, card.title)
    assert answer.text.startswith(f"{card.title}. {card.text}")
    assert shown["action"] in answer.text
    assert bool(shown["numbers"]) is bool(card.call)
    assert state.card == card.id


def test_gravest_cards_come_first():
    degrees = [card.degree for card in LIBRARY.safety.values()]

    assert degrees == sorted(degrees, key=["now", "today", "talk"].index)
    assert set(degrees) == {"now", "today", "talk"}


@pytest.mark.parametrize("situation", ALARMS)
def test_sentence_of_the_situation_comes_first_without_its_markers(situation):
    card = LIBRARY.situations[situation].card

    for _ in LIBRARY.situations[situation].replies:
        answer, _ = show_card(LIBRARY, card, DialogueState(), situation=situation)

    first = answer.text.split("\n\n")[0]
    assert not first.startswith(LIBRARY.safety[card].title)
    assert "[" not in answer.text


@pytest.mark.parametrize("situation", OTHERS)
def test_whole_reply_of_another_situation_does_not_stand_before_its_card(situation):
    card = LIBRARY.safety[LIBRARY.situations[situation].card]

    answer, _ = show_card(LIBRARY, card.id, DialogueState(), situation=situation)

    assert answer.text.startswith(f"{card.title}. {card.text}")


def test_guidance_behind_that_sentence_is_cited():
    answer, _ = show_card(LIBRARY, "emergency", DialogueState(), situation="alarm/allergic-swelling")

    assert answer.guidance == ("safety-anaphylaxis",)
    assert answer.citations[0]["statement"] == LIBRARY.guidance["safety-anaphylaxis"].text
    assert answer.facts == answer.updates == ()


@pytest.mark.parametrize(("country", "first"), [("US", "911"), ("UK", "999 or 112"), ("default", "112"), ("XX", "112")])
def test_operators_country_comes_first(country, first):
    answer, _ = show_card(LIBRARY, "emergency", DialogueState(), country=country)

    assert answer.extra["card"]["numbers"][0]["number"] == first


def test_visitors_region_is_named_in_the_text():
    answer, _ = show_card(LIBRARY, "emergency", DialogueState(), region="NZ", country="UK")

    assert "NZ: 111" in answer.text


@pytest.mark.parametrize(("card", "code"), TRANSLATED)
def test_card_speaks_the_visitors_language(card, code):
    answer, _ = show_card(LIBRARY, card, DialogueState(), language=code, situation="alarm/allergic-swelling")

    words = LIBRARY.safety[card].languages[code]
    assert answer.text.startswith(f"{words.title}. {words.text}")
    assert answer.extra["card"]["action"] == words.action
    assert LIBRARY.safety[card].text not in answer.text


@pytest.mark.parametrize("card", LIBRARY.safety)
def test_language_without_a_translation_gets_the_english_card(card):
    answer, _ = show_card(LIBRARY, card, DialogueState(), language="xx")

    assert LIBRARY.safety[card].text in answer.text


def test_card_ends_what_was_running_and_keeps_the_claims():
    judged = (claim().as_dict(),)
    before = DialogueState(kind="answer", flow="erase", check={"step": 2}, situations=("ahsct/risks",), judged=judged)

    answer, state = show_card(LIBRARY, "crisis", before)

    assert (state.flow, state.check, state.situations, state.judged) == ("", {}, (), judged)
    assert answer.claims == answer.suggestions == ()


def test_claims_beside_the_card_are_kept_for_later():
    new = claim("stop-medication", text="leave your tablets").as_dict()

    _, state = show_card(LIBRARY, "stopped-medicine", DialogueState(), claims=[new])

    assert [kept["type"] for kept in state.judged] == ["stop-medication"]
