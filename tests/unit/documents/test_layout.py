"""Lines with their places become text in reading order."""

from stemcheck.documents.layout import Line, in_reading_order


def lines(*texts, left=0, top=0, width=100, height=10, pitch=14):
    """Return lines below each other, as wide as their text is long in the widest of them."""
    longest = max(map(len, texts))
    return [
        Line(text, left, top + pitch * place, left + width * len(text) / longest, top + pitch * place + height)
        for place, text in enumerate(texts)
        if text
    ]


def test_lines_of_a_paragraph_become_one():
    text = in_reading_order(lines("Our cells repair damaged", "myelin and stop multiple", "sclerosis."))

    assert text == "Our cells repair damaged myelin and stop multiple sclerosis."


def test_items_of_a_list_stay_lines():
    text = in_reading_order(
        lines("What patients report here", "• better balance", "• less fatigue and more", "strength")
    )

    assert text == "What patients report here\n• better balance\n• less fatigue and more strength"


def test_wider_space_splits_paragraphs():
    assert in_reading_order(lines("One line of words here", "and its end.", "", "", "Another one")) == (
        "One line of words here and its end.\n\nAnother one"
    )


def test_word_cut_at_the_line_end_is_made_whole():
    assert (
        in_reading_order(lines("There is a new treat-", "ment for all people."))
        == "There is a new treatment for all people."
    )


def test_hyphen_before_a_capital_or_a_number_stays():
    assert (
        in_reading_order(lines("the effect of Ocre-", "Vus on people today"))
        == "the effect of Ocre- Vus on people today"
    )


def test_columns_are_read_one_after_the_other():
    left = lines("Our cells repair the", "damaged myelin of all", "our patients.")
    right = lines("Prices begin at about", "19,500 euros, all in,", "with the hotel.", left=120)

    assert in_reading_order(left + right) == (
        "Our cells repair the damaged myelin of all our patients.\n\nPrices begin at about 19,500 euros, all in, with the hotel."
    )


def test_heading_across_both_columns_comes_first_and_a_closing_line_last():
    heading = [Line("NEW HOPE FOR EVERYBODY WITH MS", 0, 0, 200, 18)]
    left = lines("Our cells repair the", "damaged myelin of all", "our patients.", top=40)
    right = lines("Prices begin at about", "19,500 euros, all in,", "with the hotel.", left=120, top=40)
    closing = [Line("Clinic of the Palm, 12 Beach Road, call +00 123 456", 0, 120, 215, 130)]

    text = in_reading_order(closing + right + left + heading)

    assert [block[:9] for block in text.split("\n\n")] == ["NEW HOPE ", "Our cells", "Prices be", "Clinic of"]


def test_pieces_at_one_height_are_one_row():
    row = [Line("cures MS", 60, 1, 100, 11), Line("Our treatment", 0, 0, 55, 10)]

    assert in_reading_order(row) == "Our treatment cures MS"


def test_cells_of_a_table_row_are_kept_apart():
    row = [Line("Day 1", 0, 0, 20, 10), Line("Arrival", 60, 0, 90, 10), Line("Hotel", 140, 0, 160, 10)]

    assert in_reading_order(row) == "Day 1 | Arrival | Hotel"


def test_nothing_gives_nothing():
    assert in_reading_order([]) == ""
    assert in_reading_order([Line(" ", 0, 0, 1, 1)]) == ""
