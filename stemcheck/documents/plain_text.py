"""Plain text in any usual encoding."""

import codecs

from stemcheck.documents.document import MAX_DOCUMENT_CHARS, Document, DocumentError, finish_document

MAX_GUESSED_BYTES = 64 * 1024  # of a file whose encoding must be guessed; the guess grows slow with more
MAX_DECODED_BYTES = 8 * MAX_DOCUMENT_CHARS  # the longest text that is kept, with room for blanks
MAX_CONTROL_SHARE = 0.02  # a file with more control characters is no text
WESTERN = "cp1252"  # of the encodings that fit as well as each other, by far the commonest
# bytes of text; NUL among them, of which text in UTF-16 without a mark has many
NO_CONTROL = bytes([0, *b"\t\n\v\f\r\x1b", *range(32, 256)])
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def read_plain_text(data: bytes) -> Document:
    """Return the document. Raises DocumentError `unknown` when the bytes are no text."""
    return finish_document("text", decode(data[:MAX_DECODED_BYTES]))


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16, UTF-32 or an older encoding. Raises DocumentError `unknown`."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    strange = len(data[:MAX_GUESSED_BYTES].translate(None, NO_CONTROL))
    if strange > MAX_CONTROL_SHARE * len(data[:MAX_GUESSED_BYTES]):
        raise DocumentError("unknown")
    try:
        # the end may have been cut in the middle of a character
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        text = _guess(data)
    if _is_binary(text):
        text = _guess(data)
    if _is_binary(text):
        raise DocumentError("unknown")
    return text


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:MAX_GUESSED_BYTES])
    best = matches.best()
    if best is None:
        raise DocumentError("unknown")
    as_likely = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    names = {name for match in as_likely for name in match.could_be_from_charset}
    return data.decode(WESTERN if WESTERN in names else best.encoding, errors="replace")


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    strange = sum(1 for letter in sample if (letter < " " and letter not in "\t\n\r\f\v\x1b") or letter == "�")
    return strange > MAX_CONTROL_SHARE * len(sample)
