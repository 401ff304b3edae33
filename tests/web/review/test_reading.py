"""Queue, search, a conversation, replay and figures, as a reviewer meets them."""

import html
import re
import time

import pytest

from stemcheck.answers.understood import Understood
from stemcheck.web.review.likeness import group_by_words
from stemcheck.web.review.marks import mark_claims


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
        ("intent=greet&channel=telegram", "hello from afar", "do MSCs help"),
        ("status=new&text=hello", "hello from afar", "we cure MS"),
        ("sure_from=80", "we cure MS", "transplant cost"),
    ],
)
def test_filters_find_and_leave_out(visit, query, there, not_there):
    page = visit("viewer").get(f"/review/search?{query}").text.partition('id="found"')[2]

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
    for told in ("check_claim", "97 %", "cue “says”", "We cure MS.", "12.5 ms", "abcdef012345", "not-supported"):
        assert told in page


def test_a_script_in_a_visitors_text_is_only_text(visit):
    person = visit("viewer")
    for address in ("/review/conversation?id=script", "/review/search?text=script", "/review/?queue=unreviewed"):
        page = person.get(address).text

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_conversation_of_another_channel_is_listed_whatever_its_id(visit):
    page = visit("viewer").get("/review/conversation", params={"id": "tele/gram&1"})

    assert page.status_code == 200
    assert "hello from afar" in page.text and "telegram" in page.text


def test_a_thumb_stands_with_the_message_that_it_was_given_to(visit):
    assert "not helpful, “No help”" in visit("viewer").get("/review/conversation?id=asked").text


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


@pytest.fixture
def reads(console):
    """Let the replay read with this function, which stands for the assistant; what it was asked is returned."""

    def use(understand, is_live=True):
        asked = []

        def read(text, metadata):
            asked.append((text, metadata))
            return understand(text), is_live

        object.__setattr__(console.app.routes[0].app.state.console, "load_reader", lambda: read)
        return asked

    return use


def test_replay_shows_what_would_be_different_today(visit, reads):
    reads(lambda text: Understood(text, (("ask_msc-effects", 0.99),)))

    page = visit("viewer").get("/review/replay?id=asked&turn=2").text

    assert "out_of_scope_cost" in page and "ask_msc-effects" in page and "different" in page


def test_replay_knows_what_was_said_before(console, visit, tools, reads):
    memory = {"kind": "answer", "facts": ["mesems"], "used": {}}
    slot = {"event": "slot", "name": "memory", "value": memory, "timestamp": tools.now + 50}
    first = tools.events_of("What is MESEMS?", tools.now + 49, number=20, channel="rest")
    later = {"event": "slot", "name": "memory", "value": {"facts": ["msc-effects"]}, "timestamp": tools.now + 70}
    second = tools.events_of("What did it find?", tools.now + 60, number=21, channel="rest")
    second[1]["metadata"]["region"] = "DE"
    tools.save(console.engine, "two", [*first, slot, *second, later])
    asked = reads(lambda text: Understood(text, (("ask_mesems", 0.99),)))
    with console.engine.connect() as connection:
        turn = connection.exec_driver_sql("SELECT max(id) FROM turns WHERE conversation_id = 'two'").scalar()

    page = visit("viewer").get(f"/review/replay?id=two&turn={turn}").text

    title = console.library.facts["mesems"].title
    assert asked == [("What did it find?", {"topic": title, "region": "DE"})]
    assert "with what was said before it" in page


def test_replay_says_when_the_network_read_alone(visit, reads):
    reads(lambda text: Understood(text, (("ask_msc-effects", 0.99),)), is_live=False)

    assert "The assistant does not answer just now" in visit("viewer").get("/review/replay?id=asked&turn=2").text


def test_replay_without_a_model_says_so(visit):
    page = visit("viewer").get("/review/replay?id=asked&turn=2")
    assert page.status_code == 200 and "no trained model" in page.text


def test_figures_count_and_lead_to_the_conversations(visit):
    page = visit("viewer").get("/review/figures").text

    assert "Conversations begun" in page
    assert "/review/search?claim=cure&amp;since=" in page
    assert "What does a transplant cost?" in page


PLACES = (
    r'<a href="(/review/search[^"]+)">[^<]*</a></th><td>(\d+)</td>',  # a bar, a day
    r'<a href="(/review/search[^"]+)">[^<]*<b>(\d+)</b>',  # a total
    r'<td><a href="(/review/search[^"]+)">(\d+)</a></td>',  # a month
    r'<a href="(/review/search[^"]+)" tabindex="-1"><title>[^<]*: (\d+)</title>',  # a column
)


def test_every_bar_leads_to_as_many_conversations_as_it_has(visit):
    """In this data each conversation has one message."""
    person = visit("viewer")
    page = person.get("/review/figures").text
    found = [re.findall(place, page) for place in PLACES]
    numbered = {html.unescape(address): int(number) for places in found for address, number in places}

    assert all(found) and len(numbered) >= 12
    for address, number in numbered.items():
        assert person.get(address).text.count('<li class="item">') == number, address


def test_a_column_leads_to_those_who_wrote_on_that_day_whenever_they_wrote_last(console, visit, tools):
    before = tools.now - 3 * 86400
    tools.save(console.engine, "long", tools.events_of("first words", before, number=7, channel="rest"))
    tools.save(console.engine, "long", tools.events_of("last words", tools.now, number=8, channel="rest"))
    day = time.strftime("%Y-%m-%d", time.gmtime(before))
    person = visit("viewer")

    column = f"/review/search?since={day}&until={day}&dated=said"
    assert column.replace("&", "&amp;") in person.get("/review/figures").text
    assert "last words" in person.get(column).text
    assert "No conversation here" in person.get(column.replace("&dated=said", "")).text
    assert "last words" in person.get(f"{column}&text=first").text
    assert "No conversation here" in person.get(f"{column}&text=last").text
    assert "last words" in person.get(f"{column}&intent=ask_msc-effects").text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("thumb=down", "transplant cost", "we cure MS"),
        ("thumb=up", "No conversation here", "transplant cost"),
        ("dated=thumb&since=2020-01-01&thumb=down", "transplant cost", "we cure MS"),
        ("dated=thumb&until=2020-01-01", "No conversation here", "transplant cost"),
        ("dated=begun&since=2020-01-01", "we cure MS", "nothing of the kind"),
        ("dated=begun&until=2020-01-01", "No conversation here", "we cure MS"),
        ("dated=said&since=2020-01-01&text=transplant", "transplant cost", "we cure MS"),
        ("dated=said&until=2020-01-01&text=transplant", "No conversation here", "transplant cost"),
    ],
)
def test_dates_may_be_those_of_messages_beginnings_and_thumbs(visit, query, there, not_there):
    page = visit("viewer").get(f"/review/search?{query}").text.partition('id="found"')[2]

    assert there in page
    assert not_there not in page


def test_a_figure_can_be_taken_as_csv(visit):
    day = time.strftime("%Y-%m-%d", time.gmtime())
    lines = visit("viewer").get(f"/review/figures.csv?what=claim&until={day}").text.splitlines()

    assert lines[0] == "day,cure"
    assert len(lines) == 31


def test_every_figure_of_the_page_has_its_csv(visit):
    person = visit("reviewer")
    page = person.get("/review/figures").text
    files = {html.unescape(address) for address in re.findall(r'href="(/review/figures[^"]*csv[^"]*)"', page)}

    assert len(files) == 9  # in this data nobody met a safety card or a possible claim
    for address in files:
        answer = person.get(address)
        assert answer.status_code == 200 and len(answer.text.splitlines()) > 1, address
    refused = next(address for address in files if "refused" in address)
    assert "1,1,What does a transplant cost?,asked" in person.get(refused).text


def test_visitors_words_leave_the_console_with_reviewers_alone(visit):
    assert visit("viewer").get("/review/figures/refused.csv").status_code == 403
    assert "refused.csv" not in visit("viewer").get("/review/figures").text


def test_like_questions_make_one_group():
    texts = [
        "What does AHSCT cost in Mexico?",
        "how much does ahsct cost",
        "cost of AHSCT in mexico",
        "Can my dog have MS?",
    ]
    groups = group_by_words([{"id": number, "text": text} for number, text in enumerate(texts)])

    assert [len(group.questions) for group in groups] == [3, 1]


def test_overlapping_claims_are_both_marked():
    pieces = mark_claims("abcdef", [{"start": 0, "end": 4}, {"start": 2, "end": 99}])

    assert [(piece.text, piece.claims) for piece in pieces] == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_the_database_away_gives_a_page_and_no_words(console, visit):
    person = visit("viewer")
    with console.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE tags")

    answer = person.get("/review/conversation?id=flagged")
    assert answer.status_code == 503 and "tags" not in answer.text
