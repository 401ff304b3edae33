"""What the review console says of today's answer is what the running assistant says."""

from functools import partial
from types import SimpleNamespace

import pytest

from stemcheck.content.library import DATA_DIR, load_library
from stemcheck.storage.database import create_engine
from stemcheck.storage.review_transcript import read_memory_before, read_page
from stemcheck.web.review.replay import compare, read_again
from stemcheck.web.review.replay_reader import load_reader

pytestmark = [pytest.mark.model, pytest.mark.servers]

TALK = ("What is MESEMS?", "What did it find?", "/restart", "My clinic says they cure MS. Is that true?")


def test_each_message_is_read_and_answered_again_as_it_was(processes, visitor):
    for text in TALK:
        visitor.say(text)
    engine, library = create_engine(processes.settings.database_url), load_library(DATA_DIR)
    reader = partial(load_reader, processes.settings.rasa_port, library)
    console = SimpleNamespace(library=library, settings=processes.settings, load_reader=reader)
    try:
        with engine.connect() as connection:
            turns = read_page(connection, visitor.id).turns
            assert [turn.text.lstrip("\u2060") for turn in turns] == list(TALK)
            for turn in turns:
                now = read_again(console, turn, read_memory_before(connection, visitor.id, turn))

                ranked = turn.parsed["intent_ranking"][0]
                assert now.in_conversation
                assert now.understood.ranking[0] == (ranked["name"], pytest.approx(ranked["confidence"], abs=1e-3))
                assert [one for one in compare(turn, now.understood, now.replies) if not one.is_same] == []
    finally:
        engine.dispose()
