"""The audit log: a line for everybody who saw visitors' words, wherever they stand, and no words in it."""

import json

import pytest
import sqlalchemy as sa

from stemcheck.storage.audit import read_audit
from stemcheck.storage.database import transaction
from stemcheck.storage.person_messages import keep_message
from stemcheck.storage.review_tables import audit, tags

WITH_WORDS = {
    "/review/?queue=flagged": "list",
    "/review/search?claim=cure": "search",
    "/review/search?text=cure": "search",
    "/review/conversation?id=flagged": "view",
    "/review/correct?id=flagged&turn=1": "view",
    "/review/figures": "view-figures",
    "/review/figures/refused.csv": "export",
    "/review/corrections": "view-corrections",
    "/review/corrections.zip": "export",
    "/review/export?format=csv": "export",
}


def lines(console, **filters):
    with console.engine.connect() as connection:
        return read_audit(connection, **filters)


@pytest.mark.parametrize(("address", "action"), WITH_WORDS.items())
def test_every_page_with_visitors_words_leaves_a_line(console, visit, address, action):
    person = visit("reviewer")
    before = len(lines(console))

    assert person.get(address).status_code == 200

    added = lines(console)[: len(lines(console)) - before]
    assert [(line["user_name"], line["action"]) for line in added] == [("reviewer@example.org", action)]


def test_a_list_says_whose_words_were_seen(console, visit):
    visit("viewer").get("/review/?queue=flagged")

    assert lines(console, action="list")[0]["detail"]["conversations"] == ["flagged"]


def test_a_message_for_the_team_that_a_list_shows_is_found_under_its_conversation(console, visit, tools):
    with transaction(console.engine) as connection:
        keep_message(connection, "asked", "c9", "Ring Ada on 020 7946 0018", tools.now)

    person = visit("reviewer")
    before = len(lines(console, action="view-message"))
    person.get("/review/search?text=transplant")
    visit("viewer").get("/review/search?text=transplant")

    line, *earlier = lines(console, action="view-message", conversation_id="asked")
    assert len(earlier) == before
    assert line["user_name"] == "reviewer@example.org"


@pytest.mark.parametrize("tag", ["+44 20 7946 0018", "jane.doe@example.org", "patient 4821377"])
def test_a_tag_that_tells_who_somebody_is_is_refused(console, visit, tag):
    person = visit("reviewer")

    assert person.post("/review/tag", id="flagged", tag=tag).status_code == 400
    assert person.post("/review/many", ids="flagged", tag=tag).status_code == 400

    with console.engine.connect() as connection:
        assert connection.execute(sa.select(tags.c.tag)).all() == []


def test_a_tag_of_old_is_no_suggestion(console, visit):
    row = {"conversation_id": "asked", "turn_id": 0, "tag": "jane@example.org", "author": "ana", "at": 1.0}
    with transaction(console.engine) as connection:
        connection.execute(sa.insert(tags).values(row))

    assert "jane@example.org" not in visit("viewer").get("/review/conversation?id=flagged").text


def test_the_log_holds_no_words_of_tags_and_searches(console, visit):
    person = visit("reviewer")
    person.post("/review/tag", id="flagged", tag="jane from leeds")
    person.post("/review/untag", id="flagged", turn="0", tag="jane from leeds")
    person.post("/review/many", ids="flagged", tag="jane from leeds")
    for address in ("/review/search?text=jane+leeds&tag=jane", "/review/export?format=csv&text=jane&tag=jane"):
        person.get(address)

    with console.engine.connect() as connection:
        written = json.dumps([list(row) for row in connection.execute(sa.select(audit))])
    assert "jane" not in written and "leeds" not in written


def test_failed_and_refused_sign_ins_are_logged_with_their_address(console, visit):
    person = visit()
    for _ in range(6):
        person.sign_in("viewer@example.org", "not the right one")

    assert [line["detail"]["address"] for line in lines(console, action="sign-in-failed")] == ["testclient"] * 5
    (line,) = lines(console, action="sign-in-refused")
    assert (line["user_name"], line["detail"]["address"]) == ("viewer@example.org", "testclient")
