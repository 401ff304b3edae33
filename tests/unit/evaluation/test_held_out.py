"""What is held out: one half sets thresholds, the other makes the sets, and neither is learned from."""

import pytest

from evaluation.held_out import HeldMessage, as_row, from_row, held_out_messages, held_out_passages, id_of
from evaluation.rows import read_jsonl, read_labelled
from evaluation.write_sets import advert_row, without_learned
from stemcheck.content.passages import Passage
from stemcheck.settings import load_settings
from stemcheck.training.dataset import message_rows
from tests.library import LIBRARY

DATA = load_settings().data_folder


def test_no_message_is_in_both_halves_or_learned_from():
    sets = {one.text for one in held_out_messages(LIBRARY, for_thresholds=False)}
    thresholds = {one.text for one in held_out_messages(LIBRARY, for_thresholds=True)}

    assert len(sets) > 400
    assert len(thresholds) > 400
    assert not sets & thresholds
    learned = {row.text for row in message_rows(LIBRARY)}
    assert len(thresholds & learned) <= 2  # a short message may be written twice


def test_no_page_is_in_both_halves():
    pages = [
        {one.page for kind in held_out_passages(DATA, for_thresholds=half) for one in kind} for half in (True, False)
    ]

    assert min(map(len, pages)) > 20
    assert not pages[0] & pages[1]


def test_near_miss_of_an_alarm_belongs_to_no_situation():
    messages = held_out_messages(LIBRARY, for_thresholds=False)

    wrong = [
        one.id
        for one in messages
        if one.is_calm and any((LIBRARY.situations[name].degree or "none") == "now" for name in one.situations)
    ]

    assert wrong == []
    assert any(not one.situations for one in messages)


def test_message_is_read_as_it_was_written_down():
    message = HeldMessage("message-1", "text", ("ms/cure",), "talk", "fear", claims=(("cure", "asked"),))

    assert from_row(as_row(message)) == message


def test_what_a_passage_only_asks_is_no_claim_of_it():
    passage = Passage(
        page="r9-001",
        kind="forum",
        stance="other",
        text="Does it cure MS? They say it stops MS for good.",
        claims=(
            {"type": "cure", "mode": "asked", "words": "Does it cure MS"},
            {"type": "halting", "mode": "reported", "words": "it stops MS for good"},
        ),
    )

    row = advert_row(passage, LIBRARY)

    assert (row["types"], row["flagged"]) == (["halting"], True)


def test_rows_that_are_learned_from_or_come_twice_are_left_out():
    rows = [{"text": "a"}, {"text": "b"}, {"text": "b"}]

    assert without_learned(rows, {"a"}) == [{"text": "b"}]


def test_id_depends_on_the_text_alone():
    assert id_of("message", "a") == id_of("message", "a") != id_of("message", "b")


@pytest.mark.parametrize("name", ["messages", "safety"])
def test_sets_of_messages_name_known_situations_and_are_not_learned_from(name):
    rows = [from_row(row) for row in read_jsonl(name)]

    assert len({one.id for one in rows}) == len({one.text for one in rows}) == len(rows)
    assert {situation for one in rows for situation in one.situations} <= set(LIBRARY.situations)
    assert not {one.text for one in rows} & {row.text for row in message_rows(LIBRARY)}


@pytest.mark.parametrize(("name", "least"), [("real-claims", 150), ("real-adverts", 60)])
def test_real_sets_come_from_held_out_pages_for_the_sets_alone(name, least):
    rows = read_labelled(name)
    kinds = held_out_passages(DATA, for_thresholds=False)
    held_out = {one.text for kind in kinds for one in kind}

    assert len(rows) >= least
    assert {one.text for one in rows} <= held_out
