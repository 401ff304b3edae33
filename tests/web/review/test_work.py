"""Status, tags, notes, assignment, many at once, people, erasing."""

import pytest

from stemcheck.storage.conversations import find_conversation


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

    assert person.post("/review/assign", id="flagged", to=" ADMIN@example.org ").status_code == 303
    assert row_of(console, "flagged")["assigned_to"] == "admin@example.org"
    for nobody in ("mallory", "viewer@example.org"):
        assert person.post("/review/assign", id="flagged", to=nobody).status_code == 400
    assert ">viewer@example.org<" not in person.get("/review/conversation?id=flagged").text


def test_who_has_a_conversation_stays_named_when_they_leave(visit):
    person = visit("admin")
    person.post("/review/assign", id="flagged", to="reviewer@example.org")
    person.post("/review/people", what="disable", name="reviewer@example.org")

    page = person.get("/review/conversation?id=flagged").text

    assert "selected>reviewer@example.org (no reviewer any more)</option>" in page


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


def test_many_with_nothing_chosen_change_nothing_and_leave_no_line(console, visit):
    person = visit("reviewer")

    answer = person.post("/review/many", ids="flagged", status="", assign="-", tag=" ")

    assert answer.status_code == 400 and "Nothing to change" in answer.text
    assert "flagged" not in visit("admin").get("/review/audit?action=bulk").text


def collect(person, use="training", **more):
    form = {
        "id": "flagged",
        "turn": "1",
        "use": use,
        "text": "The clinic says: we cure MS for good.",
        "says": "claims",
        "claim-0": "cure",
        "mode-0": "reported",
        "words-0": "we cure MS",
        "sure": "yes",
    }
    return person.post("/review/correct", **{**form, **more})


def test_a_correction_can_be_withdrawn(visit):
    person = visit("reviewer")
    collect(person)

    assert person.post("/review/corrections/withdraw", number="1").status_code == 303
    assert person.post("/review/corrections/withdraw", number="1").status_code == 404


def test_erasing_leaves_nothing_and_gives_a_receipt(console, visit):
    person = visit("admin")
    person.post("/review/note", id="flagged", text="note")

    answer = person.post("/review/erase", id="flagged")

    assert "Erased. The receipt stands below." in person.get(answer.headers["location"]).text
    assert person.get("/review/conversation?id=flagged").status_code == 404
    assert "turns: 1" in person.get("/review/erasures").text
    assert "we cure MS" not in person.get("/review/search?text=cure").text.partition('id="found"')[2]
    with console.engine.connect() as connection:
        for table in ("events", "turns", "notes", "exchanges"):
            column = "sender_id" if table == "events" else "conversation_id"
            assert not connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE {column} = 'flagged'").all()


@pytest.mark.parametrize("id", ["unknown", "flagged"])
def test_what_is_not_there_is_not_erased_and_gives_no_receipt(visit, id):
    person = visit("admin")
    person.post("/review/erase", id="flagged")

    assert person.post("/review/erase", id=id).status_code == 404
    assert person.get("/review/erasures").text.count("conversations: ") == 1


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


def test_a_form_that_is_too_large_is_refused(visit):
    assert visit("reviewer").post("/review/note", id="flagged", text="x" * 300_000).status_code == 413


def test_no_link_makes_the_console_say_what_was_not_done(visit):
    person = visit("admin")
    place = person.post("/review/erase", id="flagged").headers["location"]

    for link in ("/review/erasures?done=erased", "/review/?done=end.0123456789ab"):
        assert 'role="status"' not in person.get(link).text
    assert 'role="status"' not in visit("admin").get(place).text


def test_a_zip_is_offered_only_while_corrections_wait(console, visit):
    person = visit("reviewer")
    collect(person)
    assert "Download pending corrections" in person.get("/review/corrections").text

    with console.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE corrections SET applied_at = 1.0")

    assert "Download pending corrections" not in person.get("/review/corrections").text
