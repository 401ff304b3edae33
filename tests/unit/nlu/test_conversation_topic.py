"""The topic that a message is read in: the title of the last answer's first situation."""

from stemcheck.nlu.conversation_topic import title_of, topic_of
from tests.turns import LIBRARY


def test_first_known_situation_names_the_topic():
    assert title_of(["gone/away", "ahsct/risks", "ms/what-is-ms"]) == LIBRARY.situations["ahsct/risks"].title


def test_no_situation_is_no_topic():
    assert title_of([]) == title_of(["gone/away"]) == ""


def test_conversation_that_nobody_knows_has_no_topic(tmp_path, monkeypatch):
    monkeypatch.setenv("STEMCHECK_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    assert topic_of("nobody") == ""
