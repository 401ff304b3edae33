"""HTML as a person sees it."""

import pytest

from stemcheck.text_form.normalise import normalise_text

PAGE = """<!DOCTYPE html><html><head><title>Cure</title><style>p{color:red}</style></head><body>
<nav><a href="/">Home</a></nav><ul class="main-menu"><li>Prices</li></ul>
<h1>Stem cells
and MS</h1><p>You shouldn&#39;t stop <b>your</b>
medicine.</p><!-- cures MS --><script>alert('cure')</script><noscript>cure</noscript>
<ul><li>better balance<li>less fatigue</ul>
<table><tr><th>Basic</th><td>3 days</td></tr></table><p style="display: none">We cure MS.</p><p hidden>We cure MS.</p></body></html>"""


def test_page_is_read_without_scripts_menus_and_what_is_hidden():
    assert normalise_text(PAGE).text == (
        "# Stem cells and MS\n\nYou shouldn't stop your medicine.\n\n• better balance\n• less fatigue\n\n| Basic | 3 days"
    )


def test_places_count_in_the_source():
    form = normalise_text(PAGE)
    start = form.text.index("shouldn't stop your medicine")

    begin, end = form.place(start, start + len("shouldn't stop your medicine"))

    assert PAGE[begin:end] == "shouldn&#39;t stop <b>your</b>\nmedicine"


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("Stem cells do <b>not</b> cure MS", "Stem cells do not cure MS"),
        ("They cure<br>MS", "They cure\nMS"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a < b and <3", "a < b and <3"),
        ("<p>We<![if x]> cure<![endif]> MS", "We cure MS"),
        ("<p>cure <!-- not", "cure"),
        ("<p>cure <script>not", "cure"),
        ("<P CLASS=x>cure</P>", "cure"),
        ("<p title='a > b'>cure</p>", "cure"),
        ("<div class='navbar'>Home</div><div class='innovation'>cure</div>", "cure"),
        ("<svg><title>x</title><text>no</text></svg>cure<br>MS", "cure\nMS"),
    ],
)
def test_tags_in_every_shape(source, seen):
    assert normalise_text(source).text == seen
