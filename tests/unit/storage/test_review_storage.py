"""The review console's tables: turns, search, queues, transcript, audit, throttle."""

import time

import pytest
import sqlalchemy as sa

from stemcheck.storage import audit
from stemcheck.storage.conversations import count_turns, find_conversation
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.review_filters import FilterError, Filters, read_filters
from stemcheck.storage.review_queue import MOST_COUNTED, QUEUES, count_queues, list_queue, neighbours
from stemcheck.storage.review_search import every_id, search
from stemcheck.storage.review_tables import turns
from stemcheck.storage.turn_index import postgresql_query, sqlite_query

NOW = 1_790_000_000.0


def user(text, at, *, intent="ask_x", confidence=0.9, channel="rest", **parsed):
    parse = {"intent": {"name": intent, "confidence": confidence}, **parsed}
    return {"event": "user", "text": text, "timestamp": at, "input_channel": channel, "parse_data": parse}


def bot(kind="answer", facts=(), claims=()):
    return {
        "event": "bot",
        "data": {"custom": {"kind": kind, "text": "…", "facts": list(facts), "claims": list(claims)}},
    }


def save(engine, id, *happened):
    with transaction(engine) as connection:
        count_turns(connection, id, happened, {})


def found(engine, **filters):
    with engine.connect() as connection:
        return [row["id"] for row in search(connection, Filters(**filters)).rows]


def test_a_turn_holds_the_likeliest_situation_and_the_rules_of_all_replies(engine):
    situations = [{"id": "msc/results", "probability": 0.71}, {"id": "msc/safe", "probability": 0.1}]
    reading = {"model": "abc", "milliseconds": 3.5, "situations": situations}
    verdict, card = bot("verdict"), bot("safety")
    for reply in (verdict, card):
        reply["data"]["custom"]["rule"] = "claim-stops-medicine"
    save(engine, "a", user("Do they help?", NOW, intent="msc", confidence=0.71, reading=reading), verdict, card)

    with engine.connect() as connection:
        row = connection.execute(sa.select(turns)).mappings().one()
    assert (row["intent"], row["confidence"]) == ("msc/results", 0.71)
    labels = {
        "intent_msc",
        "situation_msc_results",
        "rule_claim_stops_medicine",
        "kind_verdict",
        "kind_safety",
        "sure_7",
    }
    assert set(row["labels"].split()) == labels
    assert found(engine, situation="msc/results", rule="claim-stops-medicine") == ["a"]
    assert found(engine, situation="msc/safe") == []


def test_of_another_language_the_model_was_neither_sure_nor_unsure(engine):
    reading = {"model": "abc", "language": "de", "situations": []}
    save(engine, "a", user("Hilft das?", NOW, intent="other_language", confidence=1.0, reading=reading), bot())

    with engine.connect() as connection:
        row = connection.execute(sa.select(turns)).mappings().one()
    assert (row["intent"], row["confidence"]) == ("other_language", None)


def test_a_turn_holds_what_was_said_understood_and_replied(engine):
    card = {"type": "cure-all", "verdict": "not-supported", "flagged": True}
    claim = {"type": "cure-all", "mode": "asserted"}
    save(
        engine,
        "a",
        user("Cures all!", NOW, claims=[claim], reading={"model": "abc", "milliseconds": 3.5}),
        bot("verdict", ["x-y"], [card]),
    )

    with engine.connect() as connection:
        row = connection.execute(sa.select(turns)).mappings().one()
    assert (row["conversation_id"], row["text"], row["intent"], row["kind"]) == ("a", "Cures all!", "ask_x", "verdict")
    assert (row["model"], row["milliseconds"]) == ("abc", 3.5)
    expected = "claim_cure_all fact_x_y flagged intent_ask_x kind_verdict mode_asserted sure_9 verdict_not_supported"
    assert row["labels"] == expected


def test_a_reply_that_comes_later_is_added_to_its_turn(engine):
    save(engine, "a", user("hi", NOW))
    save(engine, "a", bot("handoff"))

    assert found(engine, kind="handoff", text="hi") == ["a"]


def test_filters_of_a_turn_must_hold_for_one_and_the_same_turn(engine):
    save(engine, "a", user("first words", NOW), bot("answer"), user("other words", NOW + 1), bot("safety"))

    assert found(engine, text="first", kind="answer") == ["a"]
    assert found(engine, text="first", kind="safety") == []


def test_a_visitor_cannot_write_a_label(engine):
    save(engine, "a", user("claim_cure =claim_cure labels : claim_cure kind_safety", NOW), bot("answer"))

    assert found(engine, claim="cure") == []
    assert found(engine, kind="safety") == []


def test_a_claim_type_is_not_taken_for_a_longer_one(engine):
    save(engine, "a", user("x", NOW, claims=[{"type": "cure-all", "mode": "asked"}]))

    assert found(engine, claim="cure") == []
    assert found(engine, claim="cure-all") == ["a"]


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("transpl", True),
        ("TRANSPLANT", True),
        ('"a transplant"', True),
        ('"transplant a"', False),
        ("transplant -cost", True),
        ("dog", False),
        ("''\";--", False),
        ("&|!:*", False),
        ("it's", True),
    ],
)
def test_words_beginnings_and_phrases_are_found(engine, asked, fits):
    save(engine, "a", user("Hello, it's about a transplant, and its cost.", NOW))

    assert found(engine, text=asked) == (["a"] if fits else [])


def test_confidence_is_found_by_its_range(engine):
    for number in range(10):
        save(engine, f"c{number}", user("x", NOW + number, confidence=number / 10 + 0.05))

    assert found(engine, sure_from="30", sure_to="50") == ["c4", "c3"]
    assert len(found(engine, sure_to="100")) == 10


def test_filters_of_the_conversation_and_of_turns_work_together(engine):
    save(engine, "old", user("same", NOW - 86400 * 3, channel="telegram"))
    save(engine, "new", user("same", NOW))

    assert found(engine, text="same") == ["new", "old"]
    assert found(engine, text="same", channel="telegram") == ["old"]
    assert found(engine, since="2026-09-21", until="2026-09-21") == ["new"]
    assert found(engine, shortest="2") == []


def test_pages_hold_everything_once(engine):
    for number in range(23):
        save(engine, f"c{number}", user("word", NOW + number), user("word", NOW + 100 + number))

    with engine.connect() as connection:
        pages = [search(connection, Filters(text="word"), page=page, size=10) for page in (1, 2, 3)]
        everything = list(every_id(connection, Filters(text="word")))
    ids = [row["id"] for page in pages for row in page.rows]
    assert len(ids) == len(set(ids)) == 23
    assert [page.has_more for page in pages] == [True, True, False]
    assert sorted(everything) == sorted(ids)


def test_a_search_survives_the_address_bar():
    filters = Filters(text='"a b" & c=d', claim="cure", sure_from="20")

    from urllib.parse import parse_qsl

    assert read_filters(dict(parse_qsl(filters.as_query()))) == filters


@pytest.mark.parametrize(
    "query", [{"since": "2026-02-30"}, {"longest": "1e9"}, {"status": "x"}, {"until": "0000-00-00"}]
)
def test_a_wrong_filter_is_refused(query):
    with pytest.raises(FilterError):
        read_filters(query)


def test_what_is_asked_for_is_quoted():
    filters = Filters(text='a" OR b', claim='x"y')

    assert sqlite_query(filters).count('"') % 2 == 0
    assert "'=claim_x_y'" in postgresql_query(filters)


def test_queues_count_and_order_by_activity(engine):
    save(engine, "old", user("x", NOW, confidence=0.1))
    save(engine, "new", user("x", NOW + 5), bot("out-of-scope"))
    save(engine, "sure", user("x", NOW + 9))

    with engine.connect() as connection:
        rows, has_more = list_queue(connection, QUEUES["unsure"])
        assert [row["id"] for row in rows] == ["new", "old"] and not has_more
        assert count_queues(connection)["unsure"] == 2
        assert neighbours(connection, QUEUES["unsure"], rows[0]) == (None, "old")
        assert neighbours(connection, QUEUES["unsure"], rows[1]) == ("new", None)


def test_every_queue_is_counted_by_an_index_alone(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'r.db'}")
    migrate(engine)

    with engine.connect() as connection:
        for queue in QUEUES.values():
            asked = f"SELECT id FROM conversations WHERE {queue.condition} ORDER BY last_activity_at DESC, id DESC LIMIT {MOST_COUNTED}"
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all())
            assert "ix_" in plan and "TEMP B-TREE" not in plan, queue.id


@pytest.mark.parametrize("change", ["UPDATE audit SET user_name = 'x'", "DELETE FROM audit"])
def test_nobody_edits_the_audit_log(engine, change):
    with transaction(engine) as connection:
        audit.write_audit(connection, "ana", "view", "a", turn=1)

    with pytest.raises(sa.exc.DBAPIError), transaction(engine) as connection:
        connection.execute(sa.text(change))

    with engine.connect() as connection:
        assert audit.read_audit(connection)[0]["detail"] == {"turn": 1}


def test_the_row_of_the_conversation_keeps_up(engine):
    save(engine, "a", user("x", NOW, possible_claims=[{"type": "cure"}]), bot("safety"))

    with engine.connect() as connection:
        row = find_conversation(connection, "a")
    assert (row["turns"], row["possible_claims"], row["safety"], row["review_status"]) == (1, 1, 1, "new")


def test_writing_a_turn_costs_little(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'r.db'}")
    migrate(engine)
    times = []
    for number in range(50):
        began = time.perf_counter()
        save(engine, "a", user("some words of usual length, as people write them", NOW + number), bot())
        times.append(time.perf_counter() - began)

    assert sorted(times)[len(times) // 2] < 0.1
