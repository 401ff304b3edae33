"""Edits and places: whatever was changed, each letter still says where it stood."""

from hypothesis import given
from hypothesis import strategies as st

from stemcheck.text_form.mapped_text import MAX_CHARS, Edit, mapped


def edits_in(text, cuts, texts):
    places = sorted({min(cut, len(text)) for cut in cuts})
    pairs = list(zip(places[::2], places[1::2], strict=False))
    return [Edit(start, end, new) for (start, end), new in zip(pairs, texts, strict=False)]


def test_a_shorter_and_a_longer_word_keep_their_places():
    form = mapped("It &amp; I cure").replace([Edit(3, 8, "&"), Edit(11, 15, "heal")])

    assert form.text == "It & I heal"
    assert form.place(3, 4) == (3, 8)
    assert form.place(7, 11) == (11, 15)
    assert form.place(5, 6) == (9, 10)


def test_what_was_taken_away_belongs_to_no_place_but_lies_inside_a_longer_one():
    form = mapped("no\u200bt cured").replace([Edit(2, 3, "")])

    assert form.text == "not cured"
    assert form.place(0, 3) == (0, 4)


def test_an_inserted_letter_takes_no_room_in_the_original():
    form = mapped("CureMS").replace([Edit(4, 4, " ")])

    assert form.text == "Cure MS"
    assert form.place(4, 5) == (4, 4)
    assert form.place(5, 7) == (4, 6)


def test_an_empty_stretch_stays_empty_also_at_the_end():
    form = mapped("abc").replace([Edit(1, 2, "")])

    assert form.place(1, 1) == (2, 2)
    assert form.place(2, 2) == (3, 3)


def test_edits_that_would_make_a_text_too_long_are_left_out():
    form = mapped("x" * MAX_CHARS).replace([Edit(0, 1, "abc"), Edit(1, 2, ""), Edit(2, 3, "de")])

    assert len(form.text) == MAX_CHARS
    assert form.text.startswith("xdex")


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=12), st.lists(st.text(max_size=4), max_size=6))
def test_letters_that_no_edit_touched_stand_where_they_say(text, cuts, texts):
    edits = edits_in(text, cuts, texts)
    form = mapped(text).replace(edits)
    touched = {place for edit in edits for place in range(edit.start, edit.end)}

    kept = [place for place in range(len(text)) if place not in touched]

    found = [form.place(place, place + 1) for place in range(len(form.text))]
    assert [(place, place + 1) for place in kept] == [span for span in found if span in {(k, k + 1) for k in kept}]
    assert all(0 <= start <= end <= len(text) for start, end in found)
    assert [start for start, _ in found] == sorted(start for start, _ in found)


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8), st.lists(st.integers(0, 40), max_size=8))
def test_edits_of_edits_still_lead_to_the_original(text, first, second):
    once = mapped(text).replace(edits_in(text, first, ["é", "", "abc", " "]))
    twice = once.replace(edits_in(once.text, second, ["", "zz", ""]))

    assert twice.original == text
    assert len(twice.starts) == len(twice.ends) == len(twice.text)
    assert all(0 <= start <= end <= len(text) for start, end in zip(twice.starts, twice.ends, strict=True))
