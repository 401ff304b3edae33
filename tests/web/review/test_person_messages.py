"""What a visitor asked us to pass on: word for word for reviewers, masked for viewers, in the queue and in the conversation."""

import pytest

from stemcheck.storage.database import transaction
from stemcheck.storage.person_messages import keep_message

WORDS = "Ring Ada on 020 7946 0018 <please>"


@pytest.fixture
def with_message(console, tools):
    """The conversation "asked", whose visitor left a message for the team."""
    saved = tools.events_of("ring me", tools.now + 50, intent="talk_to_person", reply={"kind": "handoff"}, number=9)
    tools.save(console.engine, "asked", saved)
    with transaction(console.engine) as connection:
        keep_message(connection, "asked", "c9", WORDS, tools.now + 50)


@pytest.mark.usefixtures("with_message")
@pytest.mark.parametrize("address", ["/review/?queue=person", "/review/conversation?id=asked"])
def test_reviewer_reads_it_word_for_word_and_a_viewer_masked(visit, address):
    reviewer, viewer = visit("reviewer").get(address).text, visit("viewer").get(address).text

    assert "Ring Ada on 020 7946 0018 &lt;please&gt;" in reviewer
    assert "Ring Ada on" in viewer
    assert "7946" not in viewer


@pytest.mark.usefixtures("with_message")
def test_conversation_without_one_shows_none(visit):
    assert "For the team" not in visit("reviewer").get("/review/conversation?id=flagged").text
