"""A mail (EML), or a page that a browser saved as one (MHTML)."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from stemcheck.documents.document import Document, DocumentError, finish_document
from stemcheck.documents.plain_text import decode
from stemcheck.documents.web_page import text_of_markup

MAX_PARTS = 200


def read_mail(data: bytes) -> Document:
    """Return subject and words of a mail, or the page of an MHTML file. Raises DocumentError."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    words = _words_of(message)
    if _is_saved_page(message):
        return finish_document("page", words)
    return finish_document("mail", f"{_subject_of(message)}\n\n{words}")


def _is_saved_page(message: EmailMessage) -> bool:
    return "snapshot-content-location" in message or (
        message.get_content_type() == "multipart/related" and ("saved by" in str(message.get("from", "")).lower())
    )


def _subject_of(message: EmailMessage) -> str:
    try:
        return str(message.get("subject", ""))
    except (ValueError, LookupError, IndexError):  # a header that the parser cannot take apart
        return ""


def _words_of(message: EmailMessage) -> str:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (AttributeError, KeyError, ValueError):
        part = None
    found = part or next((one for one in _parts(message) if one.get_content_maintype() == "text"), None)
    if found is None:
        raise DocumentError("no-text")
    words = _content_of(found)
    return text_of_markup(words) if found.get_content_subtype() == "html" else words


def _parts(message: EmailMessage) -> list[Any]:
    return [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False)]


def _content_of(part: Any) -> str:
    if part.get_content_charset() is not None:
        try:
            return str(part.get_content())
        except (LookupError, UnicodeError):  # an encoding that Python does not know
            pass
    return decode(part.get_payload(decode=True) or b"")
