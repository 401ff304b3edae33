"""Plain words that decide beside the network."""

import pytest
from pydantic import ValidationError

from stemcheck.dialogue.words import FILE, bare, holds, load_words, named_alone, named_first
from stemcheck.settings import Settings

WORDS = load_words(Settings().data_folder)


@pytest.mark.parametrize(
    ("text", "left"),
    [("OK, shorter please!", "shorter"), ("Could you repeat that", "repeat that"), ("Where were we?", "where were we")],
)
def test_politeness_is_left_out(text, left):
    assert bare(text) == left


@pytest.mark.parametrize(
    ("text", "name"), [("I don’t get it", "simpler"), ("too long", "shorter"), ("too long a wait", "")]
)
def test_list_is_named_by_a_whole_message_alone(text, name):
    assert named_alone(WORDS.again, text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("No idea, sorry", "not-sure"), ("no they don't", "no"), ("Yes.", "yes"), ("nobody said", ""), ("yesterday", "")],
)
def test_list_is_named_by_the_first_words(text, name):
    assert named_first(WORDS.answers, text) == name


def test_phrase_counts_as_whole_words():
    assert holds(("ad",), "it was an ad.")
    assert not holds(("ad",), "I had it")


def test_word_that_yaml_takes_for_something_else_is_refused(tmp_path):
    (tmp_path / FILE).parent.mkdir()
    source = (Settings().data_folder / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(source.replace('["no", nope', "[no, nope"), "utf-8")

    with pytest.raises(ValidationError):
        load_words(tmp_path)
