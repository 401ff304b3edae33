"""Refused questions are grouped by what they mean; a page never waits for more than a few to be read."""

from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import yaml

from stemcheck.web.review.likeness import group_by_words
from stemcheck.web.review.meaning import KEPT, READ_AT_ONCE, QuestionVectors, group_by_meaning
from tests.console import change_console

ALIKE = yaml.safe_load((Path(__file__).parent / "refused-questions.yml").read_text())
QUESTIONS = [{"id": number, "text": text} for number, text in enumerate(text for group in ALIKE for text in group)]


class Network:
    """Reads a text as the direction of its first letter, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def predict(self, texts):
        self.asked += texts
        return [SimpleNamespace(vector=np.eye(26, dtype=np.float32)[ord(text[0].lower()) - 97]) for text in texts]


def pairs(groups):
    return {
        pair for group in groups for pair in combinations(sorted(question["id"] for question in group.questions), 2)
    }


def f1(found, wanted):
    return 2 * len(found & wanted) / (len(found) + len(wanted))


@pytest.mark.model
def test_groups_by_meaning_are_near_to_those_that_people_made():
    vectors = QuestionVectors()
    texts = [question["text"] for question in QUESTIONS]
    vectors.read(texts)
    number = iter(range(len(QUESTIONS)))
    wanted = {pair for group in ALIKE for pair in combinations([next(number) for _ in group], 2)}

    by_meaning = f1(pairs(group_by_meaning(QUESTIONS, vectors.find(texts))), wanted)

    assert by_meaning >= 0.5
    assert f1(pairs(group_by_words(QUESTIONS)), wanted) < 0.2


def test_a_text_is_read_once():
    network = Network()
    vectors = QuestionVectors(lambda: network)

    vectors.read(["apples", "berries", "apples"])
    vectors.read(["apples", "cherries"])

    assert network.asked == ["apples", "berries", "cherries"]
    assert vectors.unread(["apples", "dates"]) == ["dates"]
    assert vectors.find(["apples", "dates"]) is None


def test_no_more_vectors_are_kept_than_there_is_room_for():
    vectors = QuestionVectors(Network)

    vectors.read([f"a{number}" for number in range(KEPT + 10)])

    assert vectors.unread(["a0", f"a{KEPT + 9}"]) == ["a0"]


def test_one_question_and_none_make_no_trouble():
    assert group_by_meaning([], np.zeros((0, 26))) == []
    assert len(group_by_meaning(QUESTIONS[:1], np.ones((1, 26)))) == 1


@pytest.fixture
def with_network(console):
    def use(network):
        change_console(console.app, vectors=QuestionVectors(lambda: network))

    return use


def ask_refused(console, tools, texts):
    for number, text in enumerate(texts):
        reply = {"kind": "out-of-scope", "text": "no"}
        happened = tools.events_of(text, tools.now + number, reply=reply, number=100 + number, channel="rest")
        tools.save(console.engine, f"refused-{number}", happened)


def test_few_new_questions_are_read_while_the_page_is_made(console, visit, tools, with_network):
    ask_refused(console, tools, ["apples", "almonds"])
    network = Network()
    with_network(network)

    page = visit("viewer").get("/review/figures").text

    assert "grouped by what they mean" in page
    assert "<b>2 questions</b>" in page
    assert sorted(network.asked) == ["What does a transplant cost?", "almonds", "apples"]


def test_many_new_questions_are_read_when_the_page_is_sent(console, visit, tools, with_network):
    ask_refused(console, tools, [f"{letter}pple" for letter in "abcdefghij"])
    with_network(Network())
    person = visit("viewer")

    first, second = (person.get("/review/figures").text for _ in range(2))

    assert READ_AT_ONCE < 11
    assert "grouped by the words that they share" in first and "The meaning of 11 of them is being read now" in first
    assert "grouped by what they mean" in second and "being read" not in second


def test_without_a_trained_network_words_have_to_do(visit):
    assert "grouped by the words that they share" in visit("viewer").get("/review/figures").text
