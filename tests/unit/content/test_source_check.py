"""The source check, on a small invented document."""

from datetime import date

import pytest

from stemcheck.content.schema import Fact, Section, Source
from stemcheck.content.source_check import check_source, hash_document, hash_sentence, split_sentences

DOCUMENT = """Garden news

The robin sings at dawn. It eats worms, seeds and
berries.

The fox comes after dark."""
OTHER_LOOKS = [("robin", "Robin"), ("dawn. It", "dawn.\tIt"), ("and\nberries", "and berries")]
SECTION = Section(id="birds", title="Birds", source="garden")


def make_fact(id, statement, *sentences):
    words = dict.fromkeys(("title", "more", "question", "label"), "A robin")
    hashes = [hash_sentence(sentence) for sentence in sentences]
    return Fact(id=id, statement=statement, sentences=hashes, next=(), section=SECTION, **words)


@pytest.fixture
def facts():
    song = make_fact("song", "A robin sings early in the day, at dawn.", "The robin sings at dawn.")
    food = make_fact("food", "Robins eat worms, and berries, too.", "It eats worms, seeds and berries.")
    return {"song": song, "food": food}


@pytest.fixture
def source():
    day = date(2026, 1, 1)
    ignored = [hash_sentence("Garden news"), hash_sentence("The fox comes after dark.")]
    return Source(
        id="garden", kind="source", publisher="P", title="T", url="https://example.org/", note="N",
        reviewed_on=day, review_due=day, sha256=hash_document(DOCUMENT), ignored=ignored,
    )  # fmt: skip


def test_sentences_end_at_full_stops_and_blank_lines():
    assert split_sentences(DOCUMENT) == [
        "Garden news",
        "The robin sings at dawn.",
        "It eats worms, seeds and berries.",
        "The fox comes after dark.",
    ]


def test_same_document_is_unchanged(source, facts):
    report = check_source(source, facts, DOCUMENT)

    assert report.is_unchanged
    assert report.standing == ("song", "food")


@pytest.mark.parametrize(("old", "new"), OTHER_LOOKS)
def test_case_and_blanks_change_nothing(source, facts, old, new):
    assert check_source(source, facts, DOCUMENT.replace(old, new)).is_unchanged


def test_curly_quotes_change_nothing():
    assert hash_sentence("It\u2019s a \u201crobin\u201d \u2013 really.") == hash_sentence('It\'s a "robin" - really.')


def test_changed_sentence_names_its_fact(source, facts):
    report = check_source(source, facts, DOCUMENT.replace("at dawn", "at dusk"))

    assert report.changed == ("song",)
    assert report.standing == ("food",)
    assert not report.is_unchanged


def test_new_wording_points_to_the_nearest_changed_fact(source, facts):
    report = check_source(source, facts, DOCUMENT.replace("It eats worms, seeds", "It eats worms, crumbs"))

    assert [(new.sentence, new.near) for new in report.uncovered] == [("It eats worms, crumbs and berries.", ("food",))]


def test_new_sentence_is_uncovered(source, facts):
    report = check_source(source, facts, DOCUMENT + " It has a red tail.")

    assert [new.sentence for new in report.uncovered] == ["It has a red tail."]
    assert not report.changed


def test_sentences_in_another_order_are_not_the_same_document(source, facts):
    song, food = "The robin sings at dawn.", "It eats worms, seeds and\nberries."
    report = check_source(source, facts, DOCUMENT.replace(f"{song} {food}", f"{food} {song}"))

    assert not report.same_document
    assert not report.changed


def test_facts_of_another_source_are_left_out(source, facts):
    other = source.copy(update={"id": "meadow"})

    assert check_source(other, facts, DOCUMENT).standing == ()
