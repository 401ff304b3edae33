"""The pieces of a message that may each ask for something, and messages that stand for more than they say."""

import pytest

from stemcheck.reading.question_splitter import MAX_HALVED_CHARS, MAX_PARTS, is_anaphoric, split_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is a stem cell? And who wrote the guidelines?", ["What is a stem cell", "And who wrote the guidelines"]),
        ("Tell me the sources and the name of the study", ["Tell me the sources", "the name of the study"]),
        ("does it hurt a lot; how long does it take", ["does it hurt a lot", "how long does it take"]),
        ("is it dangerous for me but also is it expensive", ["is it dangerous for me", "is it expensive"]),
        (
            "AHSCT and I'm terrified, how dangerous is it, how long in hospital?",
            ["I'm terrified", "how dangerous is it", "how long in hospital"],
        ),
        (
            "What's the success rate, what does it cost, and does insurance pay?",
            ["What's the success rate", "what does it cost", "does insurance pay"],
        ),
    ],
)
def test_two_questions_are_split(text, parts):
    assert [part.strip("?") for part in split_questions(text)] == parts


@pytest.mark.parametrize(
    "text",
    ["", "hi", "What is a stem cell?", "thanks and bye", "risks and costs", "my aunt, who has been there, likes it"],
)
def test_simple_message_is_not_split(text):
    assert split_questions(text) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("No, I meant the ones from fat", "the ones from fat"),
        ("not that, the price of the transplant", "the price of the transplant"),
        ("I was asking about the risks.", "the risks"),
        ("no, I was asking about the age limit. my mother is 68", "the age limit"),
    ],
)
def test_of_a_correction_only_what_it_corrects_to_is_read(text, meant):
    assert split_questions(text) == [meant]


def test_of_a_long_message_whole_sentences_are_read():
    sentence = "My sister and I have talked about it all evening and we do not agree at all. "

    parts = split_questions(sentence * (MAX_HALVED_CHARS // len(sentence) + 2))

    assert set(parts) == {sentence.strip(" .")}


def test_number_of_pieces_is_bounded_and_the_last_ones_count():
    parts = split_questions("".join(f"What is number {number} then? " for number in range(50)))

    assert len(parts) == MAX_PARTS
    assert "49" in parts[-1]


@pytest.mark.parametrize(
    "text", ["do they help?", "and the risks?", "is it safe", "what about those", "who?", "the second"]
)
def test_short_text_that_stands_for_more_points_back(text):
    assert is_anaphoric(text)


@pytest.mark.parametrize(
    "text", ["Does a stem cell transplant for MS hurt a lot?", "Do mesenchymal cells help people? " * 4]
)
def test_other_texts_stand_for_themselves(text):
    assert not is_anaphoric(text)
