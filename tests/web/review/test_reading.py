"""Queue, search, a conversation and replay, as a reviewer meets them."""

import re

import pytest

from stemcheck.web.review.choices import CLAIM_TITLE
from stemcheck.web.review.marks import mark_claims
from tests.web.review.person import unmarked


@pytest.mark.parametrize(
    ("queue", "there", "not_there"),
    [
        ("flagged", "we cure MS", "transplant cost"),
        ("unsure", "transplant cost", "we cure MS"),
        ("thumbs_down", "transplant cost", "we cure MS"),
        ("unreviewed", "hello from afar", "nothing of the kind"),
    ],
)
def test_a_queue_holds_what_it_says(visit, queue, there, not_there):
    page = visit("viewer").get(f"/review/?queue={queue}").text

    assert there in page
    assert not_there not in page


def test_every_queue_has_its_count(visit):
    page = " ".join(visit("viewer").get("/review/").text.split())

    assert '<span>Not reviewed</span> <b class="count">4</b>' in page
    assert '<span>Thumbs down</span> <b class="count">1</b>' in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("text=transplant", "transplant cost", "we cure MS"),
        ("text=transp", "transplant cost", "we cure MS"),
        ('text="we+cure"', "we cure MS", "transplant cost"),
        ("claim=cure&verdict=not-supported", "we cure MS", "transplant cost"),
        ("fact=msc-effects", "do MSCs help", "transplant cost"),
        ("kind=out-of-scope&sure_to=30", "transplant cost", "do MSCs help"),
        ("intent=small-talk&channel=telegram", "hello from afar", "do MSCs help"),
        ("situation=small-talk/greet", "hello from afar", "do MSCs help"),
        ("rule=claims-made", "we cure MS", "transplant cost"),
        ("status=new&text=hello", "hello from afar", "we cure MS"),
        ("sure_from=80", "we cure MS", "transplant cost"),
    ],
)
def test_filters_find_and_leave_out(visit, query, there, not_there):
    page = unmarked(visit("viewer").get(f"/review/search?{query}").text).partition('id="found"')[2]

    assert there in page
    assert not_there not in page


@pytest.mark.parametrize(
    "query", ["since=yesterday", "shortest=-1", "status=broken", "page=0", "page=99999999999", "sure_from=x"]
)
def test_a_filter_that_cannot_be_used_is_named(visit, query):
    assert visit("viewer").get(f"/review/search?{query}").status_code == 400


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", '") OR ("', "a*", "*", "NEAR(a b)", "labels : x", "text : (", "ünï čødé", "\x00"]
)
def test_no_text_breaks_the_search(visit, text):
    assert visit("viewer").get("/review/search", params={"text": text, "tag": text, "claim": text}).status_code == 200


def test_the_transcript_marks_the_claim_and_tells_why(visit):
    page = visit("viewer").get("/review/conversation?id=flagged").text

    assert "<mark>we cure MS<sup>1</sup></mark>" in page
    for told in (CLAIM_TITLE, "97 %", "cue “says”", "We cure MS.", "12.5 ms", "abcdef012345", "not-supported"):
        assert told in page


def test_a_script_in_a_visitors_text_is_only_text(visit):
    person = visit("viewer")
    for address in ("/review/conversation?id=script", "/review/search?text=script", "/review/?queue=unreviewed"):
        page = unmarked(person.get(address).text)

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_conversation_of_another_channel_is_listed_whatever_its_id(visit):
    page = visit("viewer").get("/review/conversation", params={"id": "tele/gram&1"})

    assert page.status_code == 200
    assert "hello from afar" in page.text and "telegram" in page.text


def test_a_thumb_stands_with_the_message_that_it_was_given_to(visit):
    assert "not helpful, “<bdi>No help</bdi>”" in visit("viewer").get("/review/conversation?id=asked").text


def test_looking_at_a_conversation_is_logged(visit):
    visit("viewer").get("/review/conversation?id=flagged")

    page = visit("admin").get("/review/audit?action=view&conversation_id=flagged").text
    assert "viewer@example.org" in page


def test_a_long_conversation_opens_at_its_newest_turn(console, visit, tools):
    happened = [
        event
        for number in range(300)
        for event in tools.events_of(f"message number {number}!", tools.now + number, number=number, channel="rest")
    ]
    tools.save(console.engine, "long", happened)
    person = visit("viewer")

    page = person.get("/review/conversation?id=long").text

    assert "message number 299!" in page and "message number 100!" not in page
    older = page.partition("&amp;before=")[2].partition('"')[0]
    earlier = person.get(f"/review/conversation?id=long&before={older}").text
    assert "message number 299!" not in earlier and "Earlier messages" in earlier


def test_a_turn_that_was_searched_is_on_the_page_that_opens(console, visit, tools):
    happened = [
        event
        for number in range(300)
        for event in tools.events_of(f"message number {number}!", tools.now + number, number=number, channel="rest")
    ]
    tools.save(console.engine, "long", happened)
    first = (
        console.engine.connect().exec_driver_sql("SELECT min(id) FROM turns WHERE conversation_id = 'long'").scalar()
    )

    page = visit("viewer").get(f"/review/conversation?id=long&turn={first + 50}").text

    assert "message number 50!" in page and f'id="turn-{first + 50}"' in page


def test_next_leads_through_the_queue_and_ends_there(visit):
    person = visit("viewer")

    first = person.get("/review/conversation/go?to=next&queue=unreviewed&id=tele/gram%261").headers["location"]
    assert first == "/review/conversation?id=script&queue=unreviewed#newest"
    end = person.get("/review/conversation/go?to=previous&queue=unreviewed&id=tele/gram%261").headers["location"]
    assert end.startswith("/review/?queue=unreviewed")


def test_overlapping_claims_are_both_marked():
    pieces = mark_claims("abcdef", [{"start": 0, "end": 4}, {"start": 2, "end": 99}])

    assert [(piece.text, piece.claims) for piece in pieces] == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_the_database_away_gives_a_page_and_no_words(console, visit):
    person = visit("viewer")
    with console.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE tags")

    answer = person.get("/review/conversation?id=flagged")
    assert answer.status_code == 503 and "tags" not in answer.text


def test_what_was_done_stays_in_sight_however_far_down_the_form_was(visit):
    person = visit("reviewer")

    place = person.post("/review/status", id="flagged", status="later", back="/review/conversation?id=flagged#desk")
    page = person.get(place.headers["location"]).text
    style = person.get("/review/static/review.css").text

    assert place.headers["location"].endswith("#desk")
    assert '<p class="done" role="status">Saved.</p>' in page
    assert re.search(r"main > \.done \{[^}]*position: sticky; top: 0;", style)


def test_the_address_without_a_slash_leads_to_the_console(visit):
    answer = visit().get("/review")

    assert (answer.status_code, answer.headers["location"]) == (308, "/review/")


@pytest.mark.parametrize("day", ["0001-01-15", "1969-12-31", "9999-12-31", "2026-13-01"])
@pytest.mark.parametrize("page", ["/review/figures", "/review/figures.csv", "/review/search"])
def test_a_day_that_nobody_can_mean_is_named(visit, page, day):
    answer = visit("viewer").get(f"{page}?what=turns&until={day}")

    assert answer.status_code in ((200, 400) if day == "9999-12-31" else (400,))


def test_the_style_is_loaded_once_and_pages_each_time(visit):
    person = visit("viewer")

    page = person.get("/review/")
    style = person.get(re.search(r'href="(/review/static/[^"]+)"', page.text)[1])

    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in style.headers["cache-control"] and "sticky" in style.text
    assert re.search(r"review\.css\?[0-9a-f]{12}", page.text)


@pytest.mark.parametrize(("flagged", "mark"), [(True, "<mark>"), (False, '<mark class="unflagged">')])
def test_a_claim_that_was_judged_and_not_flagged_is_not_marked_red(console, visit, tools, flagged, mark):
    text = "They say MSCs may help."
    claim = tools.claim_of(text, "MSCs may help", type="may-help-msc")
    reply = {"kind": "verdict", "claims": [tools.card_of(claim, "supported", flagged)]}
    tools.save(console.engine, "judged", tools.events_of(text, tools.now, claims=[claim], reply=reply, channel="rest"))

    assert f"{mark}MSCs may help<sup>" in visit("viewer").get("/review/conversation?id=judged").text


@pytest.mark.parametrize("text", ["هل تشفي الخلايا الجذعية؟", "reversed \u202e text"])
def test_words_of_any_script_stand_in_their_own_direction(console, visit, tools, text):
    tools.save(console.engine, "arabic", tools.events_of(text, tools.now, number=90, channel="rest"))
    person = visit("reviewer")

    assert '<div class="said visitor" dir="auto">' in person.get("/review/conversation?id=arabic").text
    assert '<p class="words" dir="auto">' in person.get("/review/").text


def test_the_transcript_shows_situation_rule_labels_and_degree(console, visit, tools):
    labels = {"feeling": ["fear", 0.8], "speaker": ["clinic", 0.7], "cells": ["any", 0.9]}
    reply = {"kind": "safety", "text": "Ring now.", "rule": "alarm", "card": {"id": "emergency", "degree": "now"}}
    happened = tools.events_of("help", tools.now + 90, labels=labels, reply=reply, number=90, channel="rest")
    tools.save(console.engine, "labelled", happened)

    page = visit("viewer").get("/review/conversation?id=labelled").text

    assert console.library.situations["msc/results"].title in page and "msc/results" in page
    assert "rule=alarm" in page and "degree: now" in page
    assert "Feeling: <b>fear</b>" in page and "Speaker: <b>clinic</b>" in page
    assert "Cells" not in page


def test_the_transcript_names_another_language(console, visit, tools):
    happened = tools.events_of(
        "Hilft das?", tools.now + 91, number=91, channel="rest", reply={"rule": "other-language"}
    )
    happened[1]["parse_data"] |= {"intent": {"name": "other_language", "confidence": 1.0}}
    happened[1]["parse_data"]["reading"] |= {"language": "de", "situations": []}
    tools.save(console.engine, "german", happened)

    page = visit("viewer").get("/review/conversation?id=german").text

    assert "Written in another language" in page and "confidence" not in page
