"""Rows to learn from: held-out pages never among them, twins where they belong, follow-ups in their topic, claims in their pieces."""

from functools import lru_cache

import numpy as np
import pytest

from stemcheck.content.library import DATA_DIR
from stemcheck.content.passages import read_passages
from stemcheck.content.situation_schema import Situation
from stemcheck.model.context_prefix import has_topic, with_topic, without_topic
from stemcheck.training.dataset import (
    ALSO_SHARE,
    CLAIM,
    LABELS,
    claim_arrays,
    in_topic,
    is_held_out,
    is_held_out_page,
    load_rows,
    message_rows,
    passage_rows,
    rows_of,
    situation_names,
    targets,
)
from stemcheck.training.dataset import (
    test_rows as held_out_rows,
)
from tests.turns import LIBRARY

pytestmark = pytest.mark.slow

RISKS, EVIDENCE, HOW = "ahsct/risks", "ahsct/evidence", "ahsct/how-is-it-done"


@lru_cache(maxsize=1)
def all_rows():
    """Return the rows of the project's content."""
    return load_rows(DATA_DIR, LIBRARY)


@lru_cache(maxsize=1)
def all_passages():
    """Return the passages of the project's content, and their sentences."""
    return read_passages(DATA_DIR)


def situation(**more):
    """Return a situation with little in it."""
    usual = {"id": RISKS, "title": "T", "kind": "out-of-scope", "replies": ["A."], "short": "A."}
    return Situation(**{**usual, "messages": ["how risky"], "tests": ["is it risky"], **more})


def rows(**more):
    """Return the rows of such a situation."""
    return list(rows_of(situation(**more), LIBRARY))


def test_no_message_under_tests_is_ever_trained_on():
    trained = {without_topic(row.text) for row in all_rows()}
    tests = {message.text for item in LIBRARY.situations.values() for message in item.tests}

    assert not trained & tests


def test_no_message_of_a_held_out_page_is_trained_on():
    held_out = {
        message.text
        for item in LIBRARY.situations.values()
        for message in item.messages
        if message.page and is_held_out(message)
    }

    assert held_out
    assert not held_out & {without_topic(row.text) for row in all_rows()}
    assert held_out <= {row.text for row in held_out_rows(LIBRARY)}


def test_no_passage_of_a_held_out_page_is_trained_on():
    kept_back = {passage.text for passage in all_passages()[0] if is_held_out_page(passage.page)}
    kept_back |= {sentence.text for sentence in all_passages()[1] if is_held_out_page(sentence.page)}

    assert kept_back
    assert not any(row.text in kept_back for row in passage_rows(DATA_DIR))
    held_out_pages = {passage.page for passage in all_passages()[0] if is_held_out_page(passage.page)}
    assert not held_out_pages & {row.group.removeprefix("passage/") for row in passage_rows(DATA_DIR)}


def test_about_a_tenth_and_a_fifth_of_the_pages_are_held_out():
    pages = {message.page for item in LIBRARY.situations.values() for message in item.messages if message.page}
    held_out = {m.page for item in LIBRARY.situations.values() for m in item.messages if m.page and is_held_out(m)}
    of_passages = {passage.page for passage in all_passages()[0]}

    assert 0.05 < len(held_out) / len(pages) < 0.15
    assert 0.1 < sum(map(is_held_out_page, of_passages)) / len(of_passages) < 0.3


def test_every_situation_is_learned_from_and_tested():
    learned = {name for row in message_rows(LIBRARY) for name, _ in row.situations}
    tested = {name for row in held_out_rows(LIBRARY) for name, _ in row.situations}

    assert set(LIBRARY.situations) <= learned
    assert set(LIBRARY.situations) <= tested


@pytest.mark.parametrize(
    ("belongs", "expected"), [(EVIDENCE, ((EVIDENCE, 1.0),)), ("claim", ((CLAIM, 1.0),)), ("none", ())]
)
def test_twin_is_learned_where_it_belongs_and_never_as_its_own_file(belongs, expected):
    (_, twin) = rows(twins=[{"text": "they say it is safe", "belongs": belongs}])

    assert twin.situations == expected


def test_twin_that_claims_something_keeps_its_claims():
    claims = [{"type": "no-risk", "mode": "reported"}]

    (_, twin) = rows(twins=[{"text": "they say it is safe", "belongs": "claim", "claims": claims}])

    assert twin.claims == {"no-risk": "reported"}


def test_unlabelled_twin_of_a_claim_does_not_teach_that_it_claims_nothing():
    (_, twin) = rows(twins=[{"text": "they say it is safe", "belongs": "claim"}])

    assert twin.claims is None


def test_follow_up_is_read_in_the_topic_that_it_follows():
    (_, follow_up) = rows(follow_ups=[{"after": HOW, "text": "and how risky is that"}])

    assert follow_up.text == with_topic(LIBRARY.situations[HOW].title, "and how risky is that")
    assert follow_up.situations == ((RISKS, 1.0),)


def test_further_situations_of_a_message_share_its_weight():
    (row,) = rows(messages=[{"text": "how risky, and does it work", "also": [EVIDENCE]}])

    assert dict(row.situations) == pytest.approx({RISKS: 1 - ALSO_SHARE, EVIDENCE: ALSO_SHARE})


def test_labels_of_a_message_go_before_those_of_its_file():
    messages = [{"text": "how risky", "feeling": "fear"}, "is it risky at all"]

    first, second = rows(messages=messages, defaults={"cells": "ahsct", "feeling": "doubt"})

    assert (first.labels["feeling"], second.labels["feeling"]) == ("fear", "doubt")
    assert first.labels["cells"] == "ahsct"
    assert first.labels["speaker"] == "self"


def test_every_label_of_the_rows_is_one_that_is_learned():
    for head, names in LABELS.items():
        assert {row.labels[head] for row in all_rows() if row.labels and head in row.labels} <= set(names)


def test_pieces_of_a_passage_carry_the_claims_that_stand_in_them():
    found = {}
    for row in passage_rows(DATA_DIR):
        found.setdefault(row.group, set()).update(row.claims or {})

    for passage in all_passages()[0]:
        if not is_held_out_page(passage.page):
            assert {claim.type for claim in passage.claims} <= found[f"passage/{passage.page}"], passage.page


def test_piece_without_a_claims_words_does_not_carry_it():
    single = [
        passage for passage in all_passages()[0] if len(passage.claims) == 1 and not is_held_out_page(passage.page)
    ]
    rows_by_group = {}
    for row in passage_rows(DATA_DIR):
        rows_by_group.setdefault(row.group, []).append(row)

    for passage in single:
        words = set(passage.claims[0].words.split())
        for row in rows_by_group[f"passage/{passage.page}"]:
            if row.text in passage.text and passage.claims[0].type in row.claims:
                assert words & set(row.text.split())


def test_short_rows_are_read_after_a_random_topic_too_and_mean_the_same():
    (row,) = rows()

    (again,) = in_topic([row], ["A title"], most=5, seed=1)

    assert again.text == "[A title] how risky"
    assert has_topic(again.text) and without_topic(again.text) == row.text
    assert again.situations == row.situations


def test_rows_come_in_the_same_order_every_time():
    assert [row.text for row in load_rows(DATA_DIR, LIBRARY)] == [row.text for row in all_rows()]


def test_what_is_not_known_of_claims_weighs_nothing():
    known = next(row for row in all_rows() if row.claims and not row.maybe)
    unknown = next(row for row in all_rows() if row.claims is None)
    maybe = next(row for row in all_rows() if row.claims is not None and row.maybe - row.claims.keys())
    types = sorted(LIBRARY.claim_types)

    claims, weights, mode = claim_arrays([known, unknown, maybe], types)

    assert {types[place] for place in np.flatnonzero(claims[0])} == set(known.claims)
    assert weights[1].sum() == 0 and mode[1] == -1
    assert weights[2][types.index(next(iter(maybe.maybe - maybe.claims.keys())))] == 0


def test_targets_of_a_head_name_row_label_and_weight():
    found = list(targets(rows(messages=[{"text": "x", "also": [EVIDENCE]}]), "situations", (RISKS, EVIDENCE)))

    assert found == [(0, 0, pytest.approx(1 - ALSO_SHARE)), (0, 1, pytest.approx(ALSO_SHARE))]


def test_labels_of_the_situations_head_are_the_situations_and_claim():
    assert set(situation_names(LIBRARY)) == {*LIBRARY.situations, CLAIM}
