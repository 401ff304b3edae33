"""What the review console says of today's answer is what the running assistant says."""

from types import SimpleNamespace

import pytest

from stemcheck.content.library import DATA_DIR
from stemcheck.storage.database import create_engine
from stemcheck.storage.review_transcript import read_page, read_state_before
from stemcheck.storage.turns import situation_of
from stemcheck.web.review.replay import compare, read_again
from stemcheck.web.review.replay_reader import load_reader
from tests.library import LIBRARY

pytestmark = [pytest.mark.model, pytest.mark.servers]

TALK = ("What is MESEMS?", "What did it find?", "/restart", "My clinic says they cure MS. Is that true?")


def test_each_message_is_read_and_answered_again_as_it_was(processes, visitor):
    for text in TALK:
        visitor.say(text)
    engine, library = create_engine(processes.settings.database_url), LIBRARY
    reader = load_reader(processes.settings.rasa_port, library, DATA_DIR)
    console = SimpleNamespace(library=library, settings=processes.settings, load_reader=lambda: reader)
    try:
        with engine.connect() as connection:
            turns = read_page(connection, visitor.id).turns
            assert [turn.text.lstrip("\u2060") for turn in turns] == list(TALK)
            for turn in turns:
                now = read_again(console, turn, read_state_before(connection, visitor.id, turn))

                assert now.is_live
                assert now.reading.situation == situation_of(turn.parsed)
                assert [one for one in compare(library, turn, now) if not one.is_same] == []
    finally:
        engine.dispose()
