"""Figures, as a reviewer meets them: each leads to its conversations and has its CSV; like questions stand together."""

import csv
import html
import io
import re
import time

import pytest

from stemcheck.web.review import figure_files, refused_questions
from stemcheck.web.review.likeness import group_by_words
from tests.web.review.person import unmarked


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
    assert "first words" in person.get(column).text
    assert "Nothing found" in person.get(column.replace("&dated=said", "")).text
    assert "first words" in unmarked(person.get(f"{column}&text=first").text)
    assert "Nothing found" in person.get(f"{column}&text=last").text
    assert "first words" in person.get(f"{column}&situation=msc/results").text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("thumb=down", "transplant cost", "we cure MS"),
        ("thumb=up", "Nothing found", "transplant cost"),
        ("dated=thumb&since=2020-01-01&thumb=down", "transplant cost", "we cure MS"),
        ("dated=thumb&until=2020-01-01", "Nothing found", "transplant cost"),
        ("dated=begun&since=2020-01-01", "we cure MS", "nothing of the kind"),
        ("dated=begun&until=2020-01-01", "Nothing found", "we cure MS"),
        ("dated=said&since=2020-01-01&text=transplant", "transplant cost", "we cure MS"),
        ("dated=said&until=2020-01-01&text=transplant", "Nothing found", "transplant cost"),
    ],
)
def test_dates_may_be_those_of_messages_beginnings_and_thumbs(visit, query, there, not_there):
    page = unmarked(visit("viewer").get(f"/review/search?{query}").text).partition('id="found"')[2]

    assert there in page
    assert not_there not in page


def test_a_figure_can_be_taken_as_csv(visit):
    day = time.strftime("%Y-%m-%d", time.gmtime())
    lines = visit("viewer").get(f"/review/figures.csv?what=claim&until={day}").text.splitlines()

    assert lines[0].lstrip("\ufeff") == "day,cure"
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


def test_a_safety_card_counts_whatever_called_for_it(console, visit, tools):
    for number, rule in enumerate(("crisis", ""), 60):
        reply = {"kind": "safety", "card": {"id": "crisis"}, "text": "Call now."}
        happened = tools.events_of(f"I want to die {number}", tools.now + number, reply=reply, number=number)
        happened[1]["parse_data"]["safety"] = rule
        happened[1]["input_channel"] = "rest"
        tools.save(console.engine, f"crisis-{number}", happened)
    person = visit("viewer")

    lines = person.get("/review/figures.csv?what=safety").text.splitlines()
    assert sum(int(line.rpartition(",")[2]) for line in lines[1:]) == 2
    found = person.get("/review/search?safety=crisis").text.partition('id="found"')[2]
    assert "I want to die 60" in found and "I want to die 61" in found
    assert "safety: crisis" in person.get("/review/conversation?id=crisis-61").text


def test_no_refused_question_is_left_out_of_the_csv_and_the_page_says_what_it_leaves_out(
    console, visit, tools, monkeypatch
):
    monkeypatch.setattr(refused_questions, "MOST_GROUPED", 50)
    monkeypatch.setattr(figure_files, "MOST_GROUPED", 50)
    words = [f"{one}{other}" for one in ("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op") for other in "qrstuvwxyz"]
    for number, word in enumerate(words, 100):
        reply = {"kind": "out-of-scope"}
        said = tools.events_of(f"Does {word} help?", tools.now + number, reply=reply, number=number, channel="rest")
        tools.save(console.engine, f"refused-{number}", said)
    person = visit("reviewer")

    lines = list(csv.DictReader(io.StringIO(person.get("/review/figures/refused.csv").text.lstrip("\ufeff"))))
    page = " ".join(person.get("/review/figures").text.split())

    assert {line["question"] for line in lines} == {f"Does {word} help?" for word in words} | {
        "What does a transplant cost?"
    }
    assert sum(1 for line in lines if line["group"]) == 50
    assert "the 30 largest groups, with" in page and "of 81 questions; the CSV has them all." in page
