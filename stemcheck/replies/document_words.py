"""What a person is told about a file or a link: why it could not be read, or how it was."""

from zlib import crc32

from stemcheck.content.library import Library
from stemcheck.documents.document import Document


def explain_failure(library: Library, reason: str, seed: bytes = b"") -> str:
    """Return a sentence or two on why a file could not be read; the same file, as `seed`, always gets the same words."""
    return _pick(library, f"document-{reason}", seed)


def explain_link_failure(library: Library, reason: str, url: str) -> str:
    """Return why a link was not read (`off`, `refused` or `failed`), and how to copy the text instead."""
    return _pick(library, f"link-{reason}", url.encode("utf-8", "replace"))


def notes_on(library: Library, document: Document, language: str = "") -> list[str]:
    """Return what to say about how a file was read, a sentence or two each; `language` is that of a text not in English."""
    seed = document.text.encode("utf-8", "replace")
    values = {"read": str(document.pages_read), "pages": str(document.pages)}
    notes = [_pick(library, f"document-{remark}", seed).format(**values) for remark in document.remarks]
    if language:
        name = library.languages[language].name if language in library.languages else language
        notes.append(_pick(library, "document-language", seed).format(language=name))
    return notes


def _pick(library: Library, reply: str, seed: bytes) -> str:
    variants = library.replies[reply].variants
    return variants[crc32(seed) % len(variants)]
