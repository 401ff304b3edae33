"""Reads a file of any kind, in this process. Others call stemcheck.documents.reading_process, which bounds time and memory."""

from collections.abc import Callable
from importlib import import_module

from stemcheck.documents.document import MAX_FILE_BYTES, Document, DocumentError
from stemcheck.documents.file_kind import tell_kind

READERS = {
    "text": ("plain_text", "read_plain_text"),
    "page": ("web_page", "read_web_page"),
    "mail": ("mail", "read_mail"),
    "word": ("word_file", "read_word_file"),
    "pdf": ("pdf", "read_pdf"),
    "picture": ("picture", "read_picture"),
}


def read_here(data: bytes) -> Document:
    """Return the document. Raises DocumentError, and whatever a library raises on a file that nobody foresaw."""
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError("too-large")
    module, name = READERS[tell_kind(data)]
    # a library is loaded only for a file of its kind: the models of the OCR take a second
    read: Callable[[bytes], Document] = getattr(import_module(f"stemcheck.documents.{module}"), name)
    return read(data)
