"""Status, tags, notes, assignment, many at once, people, erasing, exports."""

import asyncio
import csv
import io
import json
import re
import zipfile

import pytest
import sqlalchemy as sa
import yaml

from stemcheck.storage.conversations import find_conversation
from stemcheck.storage.database import transaction
from stemcheck.storage.export_runs import ExportRun, begin_run, find_run
from stemcheck.storage.review_filters import Filters
from stemcheck.storage.review_tables import corrections, export_runs
from stemcheck.web.review import export_progress, exports
from stemcheck.web.review.export_formats import FORMATS, safe_cell


def row_of(console, id):
    with console.engine.connect() as connection:
        return find_conversation(connection, id)


def test_a_conversation_is_done_and_leaves_the_queue(console, visit):
    person = visit("reviewer")

    answer = person.post("/review/status", id="flagged", status="done")

    assert answer.status_code == 303
    assert row_of(console, "flagged")["review_status"] == "done"
    assert "we cure MS" not in person.get("/review/?queue=flagged").text


def test_who_writes_again_is_unreviewed_again(console, visit, tools):
    visit("reviewer").post("/review/status", id="flagged", status="done")

    tools.save(console.engine, "flagged", tools.events_of("And now?", tools.now + 100, number=9))

    assert row_of(console, "flagged")["review_status"] == "new"


def test_a_conversation_is_assigned_to_somebody_who_is_there(console, visit):
    person = visit("reviewer")

    assert person.post("/review/assign", id="flagged", to="viewer@example.org").status_code == 303
    assert row_of(console, "flagged")["assigned_to"] == "viewer@example.org"
    assert person.post("/review/assign", id="flagged", to="mallory").status_code == 400


def test_tags_and_notes_on_conversation_and_message(visit):
    person = visit("reviewer")

    person.post("/review/tag", id="flagged", tag="  Ask   Again ")
    person.post("/review/tag", id="flagged", turn="1", tag="<b>bold</b>")
    person.post("/review/note", id="flagged", turn="1", text="Call me: jane@example.com <script>")

    page = person.get("/review/conversation?id=flagged").text
    assert "ask again" in page and "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "jane@example.com" not in page and "&lt;script&gt;" in page
    assert "we cure MS" in person.get("/review/search?tag=ask+again").text
    person.post("/review/untag", id="flagged", turn="0", tag="ask again")
    assert "we cure MS" not in person.get("/review/search?tag=ask+again").text


def test_a_turn_of_another_conversation_is_refused(visit):
    assert visit("reviewer").post("/review/tag", id="flagged", turn="2", tag="a").status_code == 404
    assert visit("viewer").get("/review/replay?id=flagged&turn=2").status_code == 404


@pytest.mark.parametrize("form", [{"tag": ""}, {"tag": "x" * 41}])
def test_a_tag_that_is_too_short_or_too_long_is_refused(visit, form):
    assert visit("reviewer").post("/review/tag", id="flagged", **form).status_code == 400


def test_many_are_changed_at_once(console, visit):
    person = visit("reviewer")

    person.http.post(
        "/review/many",
        data={
            "csrf": person.csrf,
            "ids": ["flagged", "asked"],
            "status": "later",
            "assign": "reviewer@example.org",
            "tag": "batch",
        },
    )

    for id in ("flagged", "asked"):
        assert (row_of(console, id)["review_status"], row_of(console, id)["assigned_to"]) == (
            "later",
            "reviewer@example.org",
        )
    assert person.post("/review/many", status="done").status_code == 400


def collect(person, use, **more):
    form = {
        "id": "flagged",
        "turn": "1",
        "use": use,
        "text": "The clinic says: we cure MS for good.",
        "claim": "cure",
        "mode": "reported",
        "words": "we cure MS",
        **more,
    }
    return person.post("/review/correct", **form)


def test_one_click_collects_each_use_of_a_correction(console, visit):
    person = visit("reviewer")

    for use in ("training", "evaluation", "test"):
        assert collect(person, use).status_code == 303
    assert collect(person, "twin", claim="", twin_of="guarantee", why="denied").status_code == 303
    assert collect(person, "training", claim="", intent="ask_msc-effects").status_code == 303

    with console.engine.connect() as connection:
        kinds = list(connection.execute(sa.select(corrections.c.kind).order_by(corrections.c.id)).scalars())
    assert kinds == ["training", "evaluation", "test", "twin", "training"]
    assert "Corrected by reviewer@example.org" in person.get("/review/conversation?id=flagged").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"use": "x"},
        {"claim": "no-such"},
        {"mode": "sung"},
        {"words": "not there"},
        {"text": ""},
        {"claim": "", "intent": "nope"},
    ],
)
def test_a_correction_that_says_too_little_is_refused(visit, wrong):
    use = wrong.pop("use", "training")

    assert collect(visit("reviewer"), use, **wrong).status_code == 400


def test_corrections_come_as_files_in_our_formats_and_rasas(visit):
    person = visit("reviewer")
    collect(person, "training")
    collect(person, "evaluation")
    collect(person, "test")
    collect(person, "training", claim="", intent="ask_msc-effects", text="- do: 'MSCs' #help?")

    packed = zipfile.ZipFile(io.BytesIO(person.get("/review/corrections.zip").content))

    files = {name: packed.read(name).decode() for name in packed.namelist()}
    assert yaml.safe_load("ideas:\n" + files["claims/cure.yml"])["ideas"][0]["claims"][0]["mode"] == "reported"
    assert json.loads(files["reviewed-claims.jsonl"])["claims"] == [{"type": "cure", "mode": "reported"}]
    assert yaml.safe_load(files["nlu.yml"])["nlu"][0]["examples"] == "- - do: 'MSCs' #help?\n"
    steps = yaml.safe_load(files["conversation-tests.yml"])["stories"][0]["steps"]
    assert steps[0]["intent"] == "check_claim" and steps[1] == {"action": "action_answer_message"}


def test_a_correction_can_be_withdrawn(visit):
    person = visit("reviewer")
    collect(person, "training")

    assert person.post("/review/corrections/withdraw", number="1").status_code == 303
    assert person.post("/review/corrections/withdraw", number="1").status_code == 404


def test_erasing_leaves_nothing_and_gives_a_receipt(console, visit):
    person = visit("admin")
    person.post("/review/note", id="flagged", text="note")

    answer = person.post("/review/erase", id="flagged")

    assert answer.headers["location"] == "/review/erasures?done=erased"
    assert person.get("/review/conversation?id=flagged").status_code == 404
    assert "turns: 1" in person.get("/review/erasures").text
    assert "we cure MS" not in person.get("/review/search?text=cure").text.partition('id="found"')[2]
    with console.engine.connect() as connection:
        for table in ("events", "turns", "notes", "exchanges"):
            column = "sender_id" if table == "events" else "conversation_id"
            assert not connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE {column} = 'flagged'").all()


def test_an_admin_adds_and_shuts_out_people(visit):
    person = visit("admin")

    assert (
        person.post(
            "/review/people", what="add", name="New@example.org", role="viewer", password="quite a long one"
        ).status_code
        == 303
    )
    assert visit().sign_in("new@example.org", "quite a long one").status_code == 303
    assert person.post("/review/people", what="disable", name="new@example.org").status_code == 303
    assert visit().sign_in("new@example.org", "quite a long one").status_code == 403


@pytest.mark.parametrize(
    "form",
    [
        {"what": "disable", "name": "admin@example.org"},
        {"what": "role", "name": "admin@example.org", "role": "viewer"},
        {"what": "add", "name": "short@example.org", "role": "viewer", "password": "short"},
        {"what": "add", "name": "x@example.org", "role": "owner", "password": "quite a long one"},
        {"what": "nonsense"},
    ],
)
def test_what_would_lock_everybody_out_or_is_weak_is_refused(visit, form):
    assert visit("admin").post("/review/people", **form).status_code == 400


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "＝1"])
def test_no_cell_is_a_formula(text):
    assert safe_cell(text).startswith("'")


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


def test_label_studio_gets_the_spans(visit):
    tasks = visit("reviewer").get("/review/export?format=label-studio&claim=cure").json()

    text, value = tasks[0]["data"]["text"], tasks[0]["predictions"][0]["result"][0]["value"]
    assert text[value["start"] : value["end"]] == value["text"] == "we cure MS"


def test_argilla_gets_fields_and_suggestions(visit):
    record = json.loads(visit("reviewer").get("/review/export?format=argilla&claim=cure").text)

    assert record["suggestions"] == [{"question_name": "claims", "value": ["cure"]}]


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


def test_a_form_that_is_too_large_is_refused(visit):
    assert visit("reviewer").post("/review/note", id="flagged", text="x" * 300_000).status_code == 413
