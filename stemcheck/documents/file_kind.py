"""What a file is, told from its bytes: names and declared types are often wrong."""

import re
import zipfile
from io import BytesIO

from stemcheck.documents.document import DocumentError, Kind

PDF_WITHIN = 1024  # readers of PDF look for the mark this far into a file
HEAD = 4096
PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*",
)  # fmt: skip
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and every newer Office file with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# archives, programs, sound, film, fonts, RTF: known to be nothing that is read here
OTHERS = (
    b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MZ", b"\x7fELF", b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3",
    b"wOFF", b"\0\x01\0\0", b"{\\rtf", b"%!PS", b"SQLite format 3",
)  # fmt: skip
MAIL_FIELDS = re.compile(
    rb"\A(?:From |(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,1000}\r?\n(?:[ \t][^\n]{0,1000}\r?\n){0,60}){2,200}?\r?\n)"
)
MAIL_MARK = re.compile(rb"^(?:Received|Message-ID|MIME-Version|Return-Path|Content-Type|Date|Subject):", re.I | re.M)
MARKUP = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
TAGS = re.compile(rb"</(?:p|div|span|a|li|h[1-6]|td|body|html)>", re.I)
MIN_TAGS = 5


def tell_kind(data: bytes) -> Kind:
    """Return what the bytes are. Raises DocumentError `empty`, `locked`, `broken` or `unknown`."""
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError("empty")
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    if data.startswith(PICTURES) or _is_boxed_picture(data):
        return "picture"
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        raise DocumentError("locked" if ENCRYPTED in data else "unknown")
    if data.startswith(OTHERS) or data[4:8] == b"ftyp":
        raise DocumentError("unknown")
    return _kind_of_text(data)


def _is_boxed_picture(data: bytes) -> bool:
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return is_webp or (data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS)


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise DocumentError("broken") from None
    if "word/document.xml" not in names:
        raise DocumentError("unknown")
    return "word"


def _kind_of_text(data: bytes) -> Kind:
    head = data[: 16 * HEAD]
    fields = MAIL_FIELDS.match(head)
    if fields and MAIL_MARK.search(fields.group()):
        return "mail"
    if MARKUP.match(head[:HEAD].replace(b"\0", b"")) or len(TAGS.findall(head)) >= MIN_TAGS:
        return "page"
    return "text"
