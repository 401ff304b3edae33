"""Exports: every format, filters honoured, no formula in a cell, how far one is."""

import asyncio
import csv
import io
import json
import re
import time
from datetime import datetime
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa

from stemcheck.storage.database import transaction
from stemcheck.storage.export_runs import ExportRun, begin_run, find_run
from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import export_runs
from stemcheck.web.review import export_progress, exports
from stemcheck.web.review.csv_format import csv_line, safe_cell
from stemcheck.web.review.export_formats import FORMATS


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "＝1"])
def test_no_cell_is_a_formula(text):
    assert safe_cell(text).startswith("'")


HIDDEN_FORMULAS = (
    "x;=1+2;y", "x;+1", "x;-1", "x;@SUM(1+1)", "x;  =1", 'x;"=1"', "x\t=1", "x\n=1", "x\r\n=1", "x|=1", "x;＝1", "x,=1",
)  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN_FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_is_a_formula_whatever_the_spreadsheet_takes_for_its_end(text, separator):
    line = csv_line(["a", text, "b"])

    for row in csv.reader(io.StringIO(line), delimiter=separator):
        for cell in row:
            assert not cell.lstrip(' "\u00a0').startswith(("=", "+", "-", "@", "＝")), row


def test_a_text_without_formulas_stays_as_it_is():
    text = "It costs 5,000-9,000; is that a-ok? (e = mc2, 1 + 1)"

    assert safe_cell(text) == text


def test_a_csv_honours_the_filters(visit):
    person = visit("reviewer")

    rows = list(csv.DictReader(io.StringIO(person.get("/review/export?format=csv&claim=cure").text.lstrip("\ufeff"))))

    assert [row["text"] for row in rows] == ["The clinic says: we cure MS for good."]
    assert (rows[0]["claims"], rows[0]["verdicts"]) == ("cure", "not-supported")


def test_json_lines_hold_whole_conversations(visit):
    lines = visit("reviewer").get("/review/export?format=jsonl").text.splitlines()

    assert len(lines) == 4
    assert {turn["kind"] for line in lines for turn in json.loads(line)["turns"]} == {
        "verdict",
        "out-of-scope",
        "answer",
        "smalltalk",
    }


def test_files_say_what_they_are_and_every_time_is_written_alike(visit):
    person = visit("reviewer")
    day = time.strftime("%Y-%m-%d", time.gmtime())

    names = {}
    for format in FORMATS:
        names[format] = person.get(f"/review/export?format={format}").headers["content-disposition"].split('"')[1]
    line = json.loads(person.get("/review/export?format=jsonl&claim=cure").text)

    assert names == {
        "csv": f"stemcheck-conversations-{day}.csv",
        "jsonl": f"stemcheck-conversations-{day}.jsonl",
        "label-studio": f"stemcheck-conversations-label-studio-{day}.json",
        "argilla": f"stemcheck-conversations-argilla-{day}.json",
    }
    for moment in (line["started_at"], line["last_activity_at"], line["turns"][0]["said_at"]):
        assert datetime.fromisoformat(moment).tzinfo


@pytest.mark.parametrize("address", ["export?format=csv", "figures.csv?what=turns", "figures/refused.csv"])
def test_excel_reads_accents_in_every_csv(visit, address):
    assert visit("reviewer").get(f"/review/{address}").content.startswith(b"\xef\xbb\xbf")


def test_label_studio_gets_the_spans(visit):
    tasks = visit("reviewer").get("/review/export?format=label-studio&claim=cure").json()

    text, value = tasks[0]["data"]["text"], tasks[0]["predictions"][0]["result"][0]["value"]
    assert text[value["start"] : value["end"]] == value["text"] == "we cure MS"


def test_label_studios_configuration_has_every_label_and_name_that_tasks_use(visit):
    person = visit("reviewer")
    view = ElementTree.fromstring(person.get("/review/label-studio.xml").text)

    labels = {label.get("value") for label in view.find("Labels")}
    assert labels == set(visit.console.library.claim_types)
    assert "/review/label-studio.xml" in person.get("/review/exports?format=label-studio").text
    for task in person.get("/review/export?format=label-studio").json():
        for result in task["predictions"][0]["result"]:
            assert (result["from_name"], result["to_name"]) == (
                view.find("Labels").get("name"),
                view.find("Text").get("name"),
            )
            assert view.find("Text").get("value") == "$text" and set(result["value"]["labels"]) <= labels


def test_argilla_gets_a_list_of_records_with_suggestions_by_question(visit):
    """As Record.from_dict of Argilla 2 reads it: `Suggestion(question_name=name, **value)` for each of `suggestions.items()`."""
    records = visit("reviewer").get("/review/export?format=argilla").json()

    assert len({record["id"] for record in records}) == len(records) == 4
    for record in records:
        assert set(record) == {"id", "fields", "metadata", "suggestions", "responses", "vectors"}
        assert all(isinstance(value, str) for value in (*record["fields"].values(), *record["metadata"].values()))
        assert all(set(value) <= {"value", "score", "agent", "type"} for value in record["suggestions"].values())
    suggested = [record["suggestions"]["claims"]["value"] for record in records if record["suggestions"]]
    assert suggested == [["cure"]]


@pytest.mark.parametrize("format", ["", "../../etc/passwd", "xlsx"])
def test_an_unknown_format_is_refused(visit, format):
    assert visit("reviewer").get("/review/export", params={"format": format}).status_code == 400


def test_an_export_is_logged(visit):
    visit("reviewer").get("/review/export?format=csv&claim=cure")

    assert "claim=cure" in visit("admin").get("/review/audit?action=export").text


def run_of(page):
    return re.search(r"run=([\w-]+)", page)[1]


def test_a_page_tells_how_far_its_export_is(visit):
    person = visit("reviewer")
    page = person.get("/review/exports?format=csv&claim=cure").text
    run = run_of(page)
    assert f'href="/review/export?claim=cure&amp;format=csv&amp;run={run}" download' in page
    assert "conversations," not in page

    person.get(f"/review/export?claim=cure&format=csv&run={run}")

    found = asyncio.run(follow_all(visit.console.engine, run, "reviewer@example.org"))
    (line,) = found
    assert "Done: 1 of 1 conversations, 2 lines." in line


async def follow_all(engine, run, name):
    return [line async for line in exports.follow(engine, run, name)]


def test_it_is_told_while_lines_are_sent(console, monkeypatch, tools):
    monkeypatch.setattr(export_progress, "WRITE_EVERY", 0.0)
    with transaction(console.engine) as connection:
        run = begin_run(connection, "ana")
    progress = export_progress.Progress(console.engine, ExportRun(run, "ana"))
    found = progress.conversations(exports.read_conversations(console.engine, Filters(), progress.begin))
    lines, told = progress.lines(FORMATS["jsonl"][0](found)), []

    for _ in lines:
        with console.engine.connect() as connection:
            now = find_run(connection, run, "ana")
        told.append((now.conversations, now.total, now.is_finished))

    assert told == [(0, 4, False), (0, 4, False), (1, 4, False), (2, 4, False)]
    with console.engine.connect() as connection:
        last = find_run(connection, run, "ana")
    assert (last.conversations, last.lines, last.is_finished) == (4, 4, True)


def test_nobody_follows_the_export_of_somebody_else(visit):
    run = run_of(visit("reviewer").get("/review/exports?format=csv").text)

    assert visit("admin").get(f"/review/export?format=csv&run={run}").status_code == 404
    assert visit("reviewer").get("/review/export?format=csv&run=guessed").status_code == 404


def test_exports_of_the_days_before_are_forgotten(console):
    with transaction(console.engine) as connection:
        old = begin_run(connection, "ana")
        connection.execute(sa.update(export_runs).values(asked_at=0))
        begin_run(connection, "ana")
        assert find_run(connection, old, "ana") is None
