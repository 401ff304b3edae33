"""What a file is, told from its bytes."""

import io
import zipfile

import pytest

from stemcheck.documents.document import DocumentError
from stemcheck.documents.file_kind import tell_kind
from tests.made_files import as_bytes, cat, mail_of, pdf_of, word_of

HTML = b"<!-- saved --><!DOCTYPE html><html><body><p>Stem cells</p></body></html>"


def archive_of(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Stem cells cure MS.", "text"),
        (b"Price: 100\nPlace: here\n\nStem cells cure MS.", "text"),
        ("Ты можешь".encode("utf-16"), "text"),
        (HTML, "page"),
        (b"<p>a</p>" * 9, "page"),
        (mail_of("Offer", "Stem cells cure MS."), "mail"),
        (b"Received: from a\r\n by b\r\nSubject: x\r\n\r\nhello", "mail"),
        (pdf_of(["Stem cells"]), "pdf"),
        (b"\n\n" + pdf_of(["Stem cells"]), "pdf"),
        (word_of(["Stem cells"]), "word"),
        (as_bytes(cat()), "picture"),
        (as_bytes(cat(), "PNG"), "picture"),
        (as_bytes(cat(), "WEBP"), "picture"),
        (as_bytes(cat(), "TIFF"), "picture"),
        (b"\0\0\0\x20ftypheic" + b"\0" * 20, "picture"),
    ],
)
def test_kind_is_told_from_the_bytes(data, kind):
    assert tell_kind(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\0", "empty"),
        (b"MZ\x90\0 a program", "unknown"),
        (b"\0\0\0\x20ftypisom a film", "unknown"),
        (archive_of(**{"xl/workbook.xml": "<a/>"}), "unknown"),
        (b"PK\x03\x04 no archive", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    ],
)
def test_what_is_not_read_says_why(data, reason):
    with pytest.raises(DocumentError) as problem:
        tell_kind(data)

    assert problem.value.reason == reason
