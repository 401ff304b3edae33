"""Whatever a visitor says again and again, no reply comes word for word three times running."""

from itertools import pairwise

import pytest

from stemcheck.answers.follow_up import FOLLOW_UPS
from stemcheck.answers.memory import Memory
from stemcheck.answers.small_replies import SMALL_TALK
from tests.unit.answers.understood import LIBRARY, ask, claim

INTENTS = [
    *(f"ask_{fact}" for fact in LIBRARY.facts),
    *(f"out_of_scope_{topic}" for topic in LIBRARY.topics),
    *(f"safety_{card}" for card in LIBRARY.safety),
    *FOLLOW_UPS,
    *SMALL_TALK,
    "talk_to_person",
    "ask_stored-data",
    "forget_me",
    "export_data",
    "clinic_check",
    "nlu_fallback",
]


def say_again(intent, times=7, **more):
    """Return the texts of the replies to the same message, said several times."""
    texts, memory = [], Memory()
    for _ in range(times):
        answer, memory = ask(intent, memory, **more)
        texts.append(answer.text)
    return texts


def longest_run(texts):
    """Return how often the same text comes running."""
    runs = [1]
    for before, text in pairwise(texts):
        runs.append(runs[-1] + 1 if text == before else 1)
    return max(runs)


@pytest.mark.parametrize("intent", INTENTS)
def test_same_message_never_gets_the_same_words_three_times(intent):
    assert longest_run(say_again(intent)) < 3


@pytest.mark.parametrize("kind", LIBRARY.claim_types)
def test_same_claim_never_gets_the_same_words_three_times(kind):
    assert longest_run(say_again("check_claim", claims=[claim(kind)])) < 3


def test_card_said_again_keeps_its_numbers_and_nothing_beside_them():
    texts, memory = [], Memory()
    for _ in range(3):
        answer, memory = ask("safety_crisis", memory, safety="crisis", region="UK")
        texts.append(answer.text)

    assert texts[2].endswith(texts[0])
    assert texts[2] != texts[0]
    assert answer.suggestions == ()
