"""Photos, screenshots and scans: what is read in them with the real models."""

import io
import re

import pillow_heif
import pytest
from PIL import Image

from stemcheck.documents.document import DocumentError
from stemcheck.documents.pdf import read_pdf
from stemcheck.documents.picture import MAX_PIXELS, open_picture, read_picture
from tests.made_files import SERIF, as_bytes, cat, draw_page, handwriting, photograph, scan_of

pytestmark = pytest.mark.slow

LEFT = [
    "Our stem cell programme repairs damaged myelin and stops multiple sclerosis.",
    "Nine of ten patients walk better.",
]
RIGHT = ["What you get", "• better balance", "• less fatigue", "• no more relapses", "Call us today."]
WHOLE = " ".join(["NEW HOPE FOR MS", *LEFT, *RIGHT])
MIN_WORDS_READ = 0.95


def page(face=SERIF):
    return draw_page("NEW HOPE FOR MS", [LEFT, RIGHT], face=face)


def share_of_words(text):
    words = re.findall(r"\w+", WHOLE)
    found = re.findall(r"\w+", text)
    return sum(word in found for word in words) / len(words)


def reason_of(read, data):
    with pytest.raises(DocumentError) as problem:
        read(data)
    return problem.value.reason


@pytest.mark.parametrize(
    "photo",
    [
        pytest.param(lambda: photograph(page(), degrees=6), id="tilted"),
        pytest.param(lambda: photograph(page(), degrees=-8, quarter_turns=1), id="sideways"),
        pytest.param(lambda: photograph(page(), degrees=3, quarter_turns=2), id="upside down"),
        pytest.param(lambda: photograph(page(), degrees=18), id="askew"),
    ],
)
def test_photo_is_read_in_its_order_however_it_was_held(photo):
    document = read_picture(as_bytes(photo(), quality=85))

    assert share_of_words(document.text) >= MIN_WORDS_READ
    assert document.text.index("Nine of ten") < document.text.index("What you get") < document.text.index("Call us")
    assert "photographed" in document.remarks


def test_long_lines_on_their_head_are_read_the_way_most_of_them_are():
    """Whether a line stands on its head is guessed from its beginning, and wrongly for some."""
    upside_down = photograph(draw_page("NEW HOPE FOR MS", [[*LEFT, *RIGHT]], face=SERIF), degrees=-7, quarter_turns=2)

    assert share_of_words(read_picture(as_bytes(upside_down, quality=80)).text) >= MIN_WORDS_READ


def test_scanned_pdf_is_read_as_a_picture():
    document = read_pdf(scan_of([page()]))

    assert share_of_words(document.text) >= MIN_WORDS_READ
    assert (document.kind, document.remarks) == ("pdf", ("photographed",))


def test_photo_of_an_iphone_is_read():
    pillow_heif.register_heif_opener()

    assert share_of_words(read_picture(as_bytes(page(), "HEIF", quality=70)).text) >= MIN_WORDS_READ


def test_transparent_screenshot_is_read_on_white():
    picture = page().convert("RGBA")
    picture.putdata([(*colour[:3], 0 if min(colour[:3]) > 200 else 255) for colour in picture.getdata()])

    assert share_of_words(read_picture(as_bytes(picture, "PNG")).text) >= MIN_WORDS_READ


@pytest.mark.parametrize("data", [as_bytes(cat()), as_bytes(Image.new("RGB", (900, 600), "white"), "PNG")])
def test_picture_without_writing_is_no_text(data):
    assert reason_of(read_picture, data) == "no-text"


def test_scribble_is_not_guessed():
    assert reason_of(read_picture, as_bytes(handwriting(), "PNG")) in ("unclear", "no-text")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nno picture", b"\xff\xd8\xff\xe0", as_bytes(cat(), "PNG")[:2000]])
def test_damaged_picture_is_broken(data):
    assert reason_of(read_picture, data) == "broken"


def test_picture_of_a_billion_pixels_is_not_unpacked():
    small = io.BytesIO()
    Image.new("1", (40_000, 30_000)).save(small, "PNG")

    assert MAX_PIXELS < 40_000 * 30_000
    assert reason_of(open_picture, small.getvalue()) == "too-hard"


def test_photo_lies_as_the_phone_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees

    assert open_picture(as_bytes(Image.new("RGB", (40, 20)), exif=exif)).size == (20, 40)
