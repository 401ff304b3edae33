"""What a visitor asked us to pass on: word for word for reviewers, for nobody else, in the queue and in the conversation."""

import pytest
import sqlalchemy as sa

from stemcheck.storage.database import transaction
from stemcheck.storage.message_for_team import PLACEHOLDER
from stemcheck.storage.person_messages import keep_message
from stemcheck.storage.review_tables import turns

WORDS = "Ring Ada on 020 7946 0018 <please>"


@pytest.fixture
def with_message(console, tools):
    """The conversation "asked", whose visitor left a message for the team."""
    saved = tools.events_of(
        "ring me", tools.now + 50, situation="person-and-privacy/talk-to-person", reply={"kind": "handoff"}, number=9
    )
    tools.save(console.engine, "asked", saved)
    with transaction(console.engine) as connection:
        keep_message(connection, "asked", "c9", WORDS, tools.now + 50)


@pytest.mark.usefixtures("with_message")
@pytest.mark.parametrize("address", ["/review/?queue=person", "/review/conversation?id=asked"])
def test_reviewer_reads_it_word_for_word_and_a_viewer_that_there_is_one(visit, address):
    reviewer, viewer = visit("reviewer").get(address).text, visit("viewer").get(address).text

    assert "Ring Ada on 020 7946 0018 &lt;please&gt;" in reviewer
    assert PLACEHOLDER in viewer and "For the team" in viewer
    assert "Ada" not in viewer and "7946" not in viewer


@pytest.mark.usefixtures("with_message")
def test_conversation_without_one_shows_none(visit):
    assert "For the team" not in visit("reviewer").get("/review/conversation?id=flagged").text


NOTE = "Jane from Leeds: do ring me"


@pytest.fixture
def on_telegram(console, tools):
    """A message for the team that came by another channel, whose words stand in Rasa's events; returns its turn's id."""
    reply = {"kind": "handoff", "action": "pass-on"}
    tools.save(console.engine, "tele", tools.events_of(NOTE, tools.now, reply=reply, number=50, channel="telegram"))
    tools.save(console.engine, "tele", tools.events_of("hello", tools.now + 5, number=51, channel="telegram"))
    with console.engine.connect() as connection:
        return connection.execute(sa.select(turns.c.id).where(turns.c.text == NOTE)).scalar()


@pytest.mark.usefixtures("on_telegram")
@pytest.mark.parametrize("format", ["csv", "jsonl", "label-studio", "argilla"])
def test_no_export_holds_it(visit, format):
    exported = visit("reviewer").get(f"/review/export?format={format}").text

    assert PLACEHOLDER in exported
    assert "Jane" not in exported and "Leeds" not in exported


def test_the_transcript_shows_it_to_reviewers_alone(visit, on_telegram):
    assert NOTE in visit("reviewer").get("/review/conversation?id=tele").text
    page = visit("viewer").get("/review/conversation?id=tele").text
    assert PLACEHOLDER in page and "Leeds" not in page


def test_it_becomes_no_correction_and_is_not_read_again(visit, on_telegram):
    person = visit("reviewer")

    assert person.get(f"/review/correct?id=tele&turn={on_telegram}").status_code == 400
    form = {
        "id": "tele",
        "turn": str(on_telegram),
        "use": "training",
        "text": NOTE,
        "says": "situation",
        "situation": "small-talk/greet",
    }
    assert person.post("/review/correct", **form).status_code == 400
    assert person.get(f"/review/replay?id=tele&turn={on_telegram}").status_code == 400


def test_it_is_no_earlier_step_of_a_conversation_test(visit, on_telegram):
    page = visit("reviewer").get(f"/review/correct?id=tele&turn={on_telegram + 1}")

    assert page.status_code == 200 and "Leeds" not in page.text


def test_a_list_shows_no_words_of_it(console, visit, with_message):
    with console.engine.begin() as connection:
        connection.execute(sa.update(turns).where(turns.c.client_id == "c9").values(text=NOTE))

    assert "Leeds" not in visit("viewer").get("/review/?queue=person").text
