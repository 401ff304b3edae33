"""A PDF: its text, page by page in reading order; pages that were scanned are read as pictures."""

import re
import time
from collections.abc import Iterator
from typing import Any

from stemcheck.documents.document import MAX_DOCUMENT_CHARS, MAX_PAGES, Document, DocumentError, Remark, finish_document
from stemcheck.documents.layout import Line, in_reading_order
from stemcheck.documents.picture import MIN_SURENESS, remarks_on

MIN_PAGE_LETTERS = 25  # a page with fewer is looked at as a picture
SCAN_DOTS_PER_INCH = 150
POINTS_PER_INCH = 72
MAX_RENDERED_PIXELS = 6_000_000
SCAN_SECONDS = 15  # after which no further page is read as a picture
MAX_PAGE_CHARS = 20_000
COLUMN_GAP = 2.0  # heights of a letter; a wider space within a line of PDFium is that between two columns or cells
SCRIPT = re.compile(rb"/(?:JavaScript|JS)\b")
PASSWORD = "password"  # noqa: S105 - a word in PDFium's message


def read_pdf(data: bytes) -> Document:
    """Return the document: at most MAX_PAGES pages. Raises DocumentError."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as opened:
            return _read(opened, _remarks(data))
    except pypdfium2.PdfiumError as problem:
        raise DocumentError("locked" if PASSWORD in str(problem).lower() else "broken") from None


def _remarks(data: bytes) -> tuple[Remark, ...]:
    return ("script",) if SCRIPT.search(data) else ()


def _read(opened: Any, remarks: tuple[Remark, ...]) -> Document:
    pages = len(opened)
    if not pages:
        raise DocumentError("broken")
    began, texts, unclear = time.monotonic(), list[str](), False
    seen: set[Remark] = set()
    for number in range(min(pages, MAX_PAGES)):
        page = opened[number]
        text = in_reading_order(_lines(page))
        if _letters(text) < MIN_PAGE_LETTERS and _has_picture(page):
            if time.monotonic() - began > SCAN_SECONDS:
                break
            text, more, is_unclear = _read_scan(page, text)
            seen.update(more)
            unclear |= is_unclear
        texts.append(text)
        if sum(map(len, texts)) > MAX_DOCUMENT_CHARS:
            break
    if unclear and not any(map(_letters, texts)):
        raise DocumentError("unclear")
    joined = "\n\n".join(filter(None, texts))
    return finish_document("pdf", joined, pages=pages, pages_read=len(texts), remarks=(*remarks, *sorted(seen)))


def _letters(text: str) -> int:
    return sum(1 for letter in text if letter.isalnum())


def _has_picture(page: Any) -> bool:
    """Return whether a page shows anything that may hold writing: pictures, or letters drawn as lines."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH], max_depth=3)), None) is not None


def _read_scan(page: Any, text: str) -> tuple[str, tuple[Remark, ...], bool]:
    """Return the text of a page that is a picture, what to say about it, and whether it was too unclear."""
    from stemcheck.documents.ocr import read_writing

    width, height = page.get_size()
    scale = min(SCAN_DOTS_PER_INCH / POINTS_PER_INCH, (MAX_RENDERED_PIXELS / max(1.0, width * height)) ** 0.5)
    writing = read_writing(page.render(scale=scale).to_pil().convert("RGB"))
    if _letters(writing.text) <= _letters(text):
        return text, (), False
    if writing.sureness < MIN_SURENESS:
        return text, (), True
    return writing.text, remarks_on(writing), False


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page as PDFium tells them, cut where columns or cells stand beside each other."""
    letters = page.get_textpage()
    count = min(letters.count_chars(), MAX_PAGE_CHARS)
    text = letters.get_text_range(0, count) if count else ""
    # characters beyond the first plane count twice there, and once here: then places would not fit
    if len(text) != count:
        text = "".join(letters.get_text_range(place, 1) or " " for place in range(count))[:count]
    start = 0
    for end in [place for place, letter in enumerate(text) if letter == "\n"] + [len(text)]:
        yield from _pieces(letters, text, start, end, page.get_height())
        start = end + 1


def _pieces(letters: Any, text: str, start: int, end: int, page_height: float) -> Iterator[Line]:
    box: list[float] = []
    words = ""
    for place in range(start, end):
        letter = "-" if text[place] in "\x02\ufffe" else text[place]  # a hyphen at the end of a line
        if letter.isspace():
            words += " "
            continue
        left, bottom, right, top = letters.get_charbox(place, loose=True)
        if box and left - box[2] > COLUMN_GAP * max(top - bottom, 1):
            yield Line(words.strip(), *_from_top(box, page_height))
            box, words = [], ""
        box = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)] if box else [
            left, bottom, right, top,
        ]  # fmt: skip
        words += letter
    if box:
        yield Line(words.strip(), *_from_top(box, page_height))


def _from_top(box: list[float], page_height: float) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom, counted from the top: PDF counts from the bottom."""
    left, bottom, right, top = box
    return left, page_height - top, right, page_height - bottom
