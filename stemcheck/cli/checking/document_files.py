"""The text of a file of any kind, or of a page on the web, in words for the command line."""

from collections.abc import Callable

from stemcheck.cli.checking.files import ReadFile, open_input
from stemcheck.cli.checking.input_text import BadInput, check_characters
from stemcheck.content.library import Library
from stemcheck.documents.document import MAX_DOCUMENT_CHARS, MAX_FILE_BYTES, Document, DocumentError
from stemcheck.documents.file_kind import tell_kind
from stemcheck.documents.link import LinkError, fetch_page
from stemcheck.documents.reading_process import read_document
from stemcheck.reading.document_language import load_language_teller
from stemcheck.replies.document_words import explain_failure, explain_link_failure, notes_on

WEB = ("http://", "https://")
BLOCK_BYTES = 1024 * 1024


def reader_of_files(library: Library, *, fetches_links: bool) -> Callable[[str], ReadFile]:
    """Return a function from a file's name, "-" or an address to its text. It raises BadInput with a sentence for a person."""
    language_of = load_language_teller(library)

    def read(name: str) -> ReadFile:
        data = _fetch(library, name, fetches_links) if name.lower().startswith(WEB) else _read_all(library, name)
        document = _plain_text(data) or _read(library, data)
        language = language_of(document.text)
        return ReadFile(document.text, tuple(notes_on(library, document, language)), not language)

    return read


def _read(library: Library, data: bytes) -> Document:
    try:
        return read_document(data)
    except DocumentError as problem:
        raise BadInput(explain_failure(library, problem.reason, data[:4096])) from None


def _plain_text(data: bytes) -> Document | None:
    """Return a text in UTF-8 to the letter, so that places fit the file; None for all that must be read by a library."""
    try:
        text = data.decode("utf-8-sig")
        if len(text) > MAX_DOCUMENT_CHARS or tell_kind(data) != "text":
            return None
        check_characters("the text", text)
    except (UnicodeDecodeError, DocumentError, BadInput):
        return None
    return Document("text", text)


def _read_all(library: Library, name: str) -> bytes:
    received = bytearray()
    with open_input(name) as stream:
        try:
            while block := stream.read(BLOCK_BYTES):
                received += block
                if len(received) > MAX_FILE_BYTES:
                    raise BadInput(explain_failure(library, "too-large"))
        except OSError as problem:
            raise BadInput(problem.strerror or str(problem)) from None
    return bytes(received)


def _fetch(library: Library, url: str, fetches_links: bool) -> bytes:
    if not fetches_links:
        raise BadInput(explain_link_failure(library, "off", url))
    try:
        return fetch_page(url)
    except LinkError as problem:
        raise BadInput(explain_link_failure(library, problem.reason, url)) from None
