"""What a file came to: its text and how it was read, or why it could not be read."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_PAGES = 30
MAX_DOCUMENT_CHARS = 40_000

Kind = Literal["text", "page", "mail", "word", "pdf", "picture"]
Reason = Literal["too-large", "empty", "unknown", "locked", "broken", "no-text", "unclear", "too-hard"]
# What a person should know beside the text; data/replies/documents.yml says it in words
Remark = Literal["cut", "pages", "photographed", "script", "only-some-clear"]


class DocumentError(Exception):
    """A file that could not be read; `reason` is the end of a reply's id in data/replies/documents.yml."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Document:
    """The text of a file, of at most MAX_DOCUMENT_CHARS characters; `pages` is 1 for what has no pages."""

    kind: Kind
    text: str
    pages: int = 1
    pages_read: int = 1
    remarks: tuple[Remark, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return what the reading process hands over."""
        return asdict(self)


def finish_document(
    kind: Kind, text: str, *, pages: int = 1, pages_read: int = 1, remarks: tuple[Remark, ...] = ()
) -> Document:
    """Return the document with its text tidied and cut. Raises DocumentError `no-text` when nothing but blanks is left."""
    tidy = tidy_text(text)
    if not any(letter.isalnum() for letter in tidy):
        raise DocumentError("no-text")
    if len(tidy) > MAX_DOCUMENT_CHARS:
        remarks = (*remarks, "cut")
        tidy = _cut(tidy)
    if pages_read < pages:
        remarks = (*remarks, "pages")
    return Document(kind, tidy, pages, pages_read, remarks)


def tidy_text(text: str) -> str:
    """Return the text without characters that no store keeps, blanks at line ends and runs of empty lines."""
    kept = "".join(letter if _is_text(letter) else " " for letter in text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in kept.split("\n")]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before).strip()


def _is_text(letter: str) -> bool:
    return letter in "\n\t" or not (letter < " " or "\ud800" <= letter <= "\udfff" or letter == "\ufffe")


def _cut(text: str) -> str:
    """Return the beginning of a text that is too long, up to the end of a line or word where one is near."""
    start = text[:MAX_DOCUMENT_CHARS]
    for blank in ("\n", " "):
        place = start.rfind(blank, MAX_DOCUMENT_CHARS - 2000)
        if place > 0:
            return start[:place].rstrip()
    return start
