"""Lines as headings, items and rows."""

from stemcheck.claims.layout import read_blocks, split_parts


def test_a_heading_and_a_line_with_a_colon_lead_the_list_below_them():
    blocks = read_blocks(
        "# Our results\n• better balance\n• less fatigue\n\nThis is prose.\n\nBeware of:\n1. a guarantee"
    )

    assert [block.text for block in blocks if block.leads_list] == ["Our results", "Beware of:"]
    assert [block.text for block in blocks if block.is_item] == ["better balance", "less fatigue", "a guarantee"]


def test_blocks_stand_where_they_say():
    text = "  - better balance \n| Basic | 3 days\n"

    assert [text[block.start : block.end] for block in read_blocks(text)] == ["better balance", "Basic | 3 days"]


def test_prose_before_a_list_leads_nothing():
    assert not any(block.leads_list for block in read_blocks("We are glad to see you here.\n• better balance"))


def test_a_blank_text_has_no_blocks():
    assert read_blocks(" \n") == []


def test_parts_begin_with_headings_and_none_is_too_short():
    text = "# One\n" + "Some prose. " * 5 + "\n\nTwo\n" + "More of it. " * 5 + "\n\nThree\nThe end."

    parts = split_parts(text, 40)

    assert [text[start : start + 5] for start, _ in parts] == ["# One", "Two\nM"]
    assert parts[-1][1] == len(text)
    assert split_parts("One line.", 4) == [(0, 9)]
