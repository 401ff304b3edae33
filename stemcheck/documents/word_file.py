"""A Word file (DOCX): paragraphs and tables in their order."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from stemcheck.documents.document import MAX_DOCUMENT_CHARS, Document, DocumentError, finish_document

MAX_UNPACKED_BYTES = 60 * 1024 * 1024  # of all parts together; a flyer with photos has some ten
MAX_RATIO = 200  # of a part's size to its packed size, where it is large; text packs to a tenth or twentieth
LARGE_BYTES = 1024 * 1024
ENCRYPTED_FLAG = 0x1
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word_file(data: bytes) -> Document:
    """Return the document. Raises DocumentError."""
    from docx import Document as open_document

    _check_archive(data)
    try:
        opened = open_document(BytesIO(data))
        return finish_document("word", _join(_blocks(opened)))
    except DocumentError:
        raise
    except Exception:  # python-docx raises whatever a damaged part leads to
        raise DocumentError("broken") from None


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DocumentError("broken") from None
    if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
        raise DocumentError("locked")
    is_bomb = any(p.file_size > LARGE_BYTES and p.file_size > MAX_RATIO * max(1, p.compress_size) for p in parts)
    if is_bomb or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise DocumentError("too-hard")


def _blocks(opened: Any) -> Iterator[str]:
    """Yield each paragraph, list item and table of the body, and the text boxes that float beside it."""
    for block in opened.iter_inner_content():
        if hasattr(block, "rows"):
            yield "\n".join(_rows(block))
        else:
            text = str(block.text)
            yield f"• {text}" if _is_item(block) else text
            yield from _boxes(block)


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:  # a merged cell comes once for each column that it covers
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        yield " | ".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip())


def _is_item(paragraph: Any) -> bool:
    style = str(paragraph.style.name if paragraph.style else "")
    return bool(paragraph.text.strip()) and (style.startswith("List") or bool(paragraph._p.xpath("./w:pPr/w:numPr")))


def _boxes(paragraph: Any) -> Iterator[str]:
    """Yield the paragraphs of text boxes; Word writes each box a second time for older readers."""
    for box in paragraph._p.iter(f"{WORD}txbxContent"):
        if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            for inner in box.iter(f"{WORD}p"):
                yield "".join(piece.text or "" for piece in inner.iter(f"{WORD}t"))


def _join(blocks: Iterator[str]) -> str:
    kept, size = [], 0
    for block in blocks:
        kept.append(block)
        size += len(block) + 2
        if size > 2 * MAX_DOCUMENT_CHARS:
            break
    return _with_items_together(kept)


def _with_items_together(blocks: list[str]) -> str:
    """Return the blocks, an empty line between them; items of a list follow each other line by line."""
    text = ""
    for block, before in zip(blocks, ["", *blocks], strict=False):
        is_next_item = block.startswith("• ") and before.startswith("• ")
        text += ("\n" if is_next_item else "\n\n") + block
    return text
