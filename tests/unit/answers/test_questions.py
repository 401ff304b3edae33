"""Questions: one fact or several, asked back, declined, and never the same words three times."""

from dataclasses import replace
from datetime import date

import pytest

from stemcheck.answers import citations
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.memory import Memory, read_memory
from stemcheck.answers.topic_in_mind import points_back
from tests.unit.answers.understood import LIBRARY, ask, ask_in_turn, claim

TOPICS = [topic for topic in LIBRARY.topics if topic != "unclear"]


@pytest.mark.parametrize("fact", LIBRARY.facts)
def test_question_for_a_fact_is_answered_with_it(fact):
    answer, _ = ask(f"ask_{fact}")

    assert answer.kind == "answer"
    assert answer.facts == (fact,)
    assert LIBRARY.facts[fact].statement in answer.text


@pytest.mark.parametrize("fact", LIBRARY.facts)
def test_fact_comes_with_source_section_and_date_of_review(fact):
    answer, _ = ask(f"ask_{fact}")

    (source,) = answer.sources
    assert source["section"] == LIBRARY.facts[fact].section.title
    assert source["reviewed_on"] == "2026-11-20"
    assert source["publisher"] == "MS International Federation (MSIF)"
    assert answer.citations[0]["statement"] == LIBRARY.facts[fact].statement


def test_two_likely_facts_are_both_told():
    answer, _ = ask("ask_msc-effects", confidence=0.4, ranking=[("ask_msc-results", 0.35)])

    assert answer.facts == ("msc-effects", "msc-results")


def test_second_fact_that_is_much_less_likely_is_left_out():
    answer, _ = ask("ask_msc-effects", confidence=0.9, ranking=[("ask_msc-results", 0.08)])

    assert answer.facts == ("msc-effects",)


def test_at_most_three_facts_are_told():
    others = [("ask_msc-results", 0.24), ("ask_msc-studies", 0.23), ("ask_mesems", 0.22)]

    answer, _ = ask("ask_msc-effects", confidence=0.31, ranking=others)

    assert len(answer.facts) == 3


def test_message_of_two_questions_gets_both_facts():
    parts = (("What is a stem cell?", (("ask_stem-cell-definition", 0.9),)), ("And MESEMS?", (("ask_mesems", 0.8),)))

    answer, _ = ask("ask_mesems", parts=parts)

    assert answer.facts == ("stem-cell-definition", "mesems")


def test_fact_with_an_update_tells_it_apart():
    answer, _ = ask("ask_ahsct-evidence")

    (update,) = answer.updates
    assert update["text"] in answer.text
    assert update["sources"][0]["publisher"]


def test_fact_without_an_update_tells_none():
    assert ask("ask_mesems")[0].updates == ()


def test_what_was_just_answered_is_not_suggested():
    answer, _ = ask("ask_msc-effects")

    asked = LIBRARY.facts["msc-effects"].question
    assert answer.suggestions
    assert asked not in [button["text"] for button in answer.suggestions]


def test_unsure_message_is_asked_back_with_the_nearest_facts():
    answer, _ = ask("ask_msc-effects", confidence=0.2, ranking=[("ask_msc-results", 0.15)])

    assert answer.kind == "out-of-scope"
    assert answer.facts == ()
    wanted = [LIBRARY.facts[fact].question for fact in ("msc-effects", "msc-results")]
    assert [button["text"] for button in answer.suggestions] == wanted


def test_message_that_nobody_understands_is_said_so():
    answer, _ = ask("ask_msc-effects", confidence=0.05)

    assert answer.kind == "out-of-scope"
    assert answer.text in LIBRARY.topics["unclear"].variants


@pytest.mark.parametrize("topic", TOPICS)
def test_declined_topic_says_so_and_offers_what_can_be_answered(topic):
    answer, _ = ask(f"out_of_scope_{topic}")

    assert answer.kind == "out-of-scope"
    assert answer.text in LIBRARY.topics[topic].variants
    assert answer.suggestions
    assert answer.facts == answer.sources == ()


def test_overdue_source_is_said_so(monkeypatch):
    class Later(date):
        @classmethod
        def today(cls):
            return cls(2030, 1, 1)

    monkeypatch.setattr(citations, "date", Later)

    answer, _ = ask("ask_mesems")

    assert answer.sources[0]["overdue"] is True
    assert "2027-05-20" in answer.text


def test_source_in_time_has_no_note():
    answer, _ = ask("ask_mesems")

    assert answer.sources[0]["overdue"] is False
    assert "2027-05-20" not in answer.text


def test_same_question_three_times_is_never_answered_in_the_same_words():
    texts = [answer.text for answer in ask_in_turn(*["ask_mesems"] * 3)]

    assert len(set(texts)) == 3


@pytest.mark.parametrize("intent", ["out_of_scope_cost", "greet", "thanks", "talk_to_person"])
def test_wording_does_not_come_twice_running(intent):
    first, second = ask_in_turn(intent, intent)

    assert first.text != second.text


def test_statement_is_the_same_though_the_lead_changes():
    answers = ask_in_turn(*["ask_mesems"] * 3)

    assert all(LIBRARY.facts["mesems"].statement in answer.text for answer in answers)


@pytest.mark.parametrize("text", ["do they help?", "and the risks?", "is it safe", "what about those"])
def test_short_text_with_a_word_for_something_said_before_points_back(text):
    assert points_back(text)


@pytest.mark.parametrize("text", ["what is a stem cell?", "Do mesenchymal cells help? " * 4])
def test_other_texts_stand_for_themselves(text):
    assert not points_back(text)


def test_short_question_is_read_with_the_last_answer_in_mind():
    _, memory = ask("ask_msc-cell-types")

    answer, _ = ask(
        "ask_ahsct-evidence", memory, text="do they help?", confidence=0.35, ranking=[("ask_msc-effects", 0.3)]
    )

    assert answer.facts[0] == "msc-effects"


def test_memory_survives_its_slot():
    _, memory = answer_facts(LIBRARY, ["mesems"], Memory())

    assert read_memory(memory.as_slot()) == replace(memory)


@pytest.mark.parametrize(("probability", "kind"), [(0.6, "answer"), (0.9, "verdict")])
def test_question_for_a_fact_gives_way_to_a_sure_claim_of_another_subject(probability, kind):
    asked = claim("guarantee", "asked", "can anyone promise me that?", probability=probability)

    answer, _ = ask("ask_ms-hope", confidence=0.6, claims=[asked])

    assert answer.kind == kind
