"""A photo or a screenshot: the writing in it."""

import warnings
from io import BytesIO
from typing import Any

from stemcheck.documents.document import Document, DocumentError, finish_document
from stemcheck.documents.ocr import Writing, read_writing

MAX_PIXELS = 60_000_000  # a large phone photo has 50 million; decoded they take 180 MB
MIN_LETTERS = 12  # a sign or a label in a photo of something else
MIN_SURENESS = 0.72  # of all lines together; print is read at 0.95, handwriting and blur below
SOME_UNSURE = 0.88


def read_picture(data: bytes) -> Document:
    """Return the document. Raises DocumentError `no-text`, `unclear`, `broken` or `too-hard`."""
    return document_of_writing(read_writing(open_picture(data)))


def document_of_writing(writing: Writing) -> Document:
    """Return a document of one picture. Raises DocumentError `no-text` or `unclear`."""
    letters = sum(1 for letter in writing.text if letter.isalpha())
    if letters < MIN_LETTERS:
        raise DocumentError("unclear" if 0 < writing.sureness < MIN_SURENESS and letters else "no-text")
    if writing.sureness < MIN_SURENESS:
        raise DocumentError("unclear")
    return finish_document("picture", writing.text, remarks=remarks_on(writing))


def remarks_on(writing: Writing) -> tuple[Any, ...]:
    """Return what is to be said about writing that was read."""
    return ("photographed", "only-some-clear") if writing.sureness < SOME_UNSURE else ("photographed",)


def open_picture(data: bytes) -> Any:
    """Return the first picture of a file, upright, in RGB. Raises DocumentError `broken` or `too-hard`."""
    from pi_heif import register_heif_opener
    from PIL import Image, ImageOps

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data))
            picture.draft("RGB", (2 * 1800, 2 * 1800))  # a large JPEG is decoded at a half or a quarter at once
            return _on_white(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise DocumentError("too-hard") from None
    except Exception:  # Pillow's readers raise whatever a damaged file leads to
        raise DocumentError("broken") from None


def _on_white(picture: Any) -> Any:
    """Return the picture in RGB, on white paper where it is transparent."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGBA", layer.size, "white")
        picture.alpha_composite(layer)
    return picture.convert("RGB")
