"""Mails, and pages that a browser saved as one."""

import pytest

from stemcheck.documents.document import DocumentError
from stemcheck.documents.mail import read_mail
from tests.made_files import mail_of

CLAIM = "Stem cells cure MS."


def test_subject_and_words_are_read():
    document = read_mail(mail_of("A cure for you", CLAIM))

    assert document.kind == "mail"
    assert document.text == f"A cure for you\n\n{CLAIM}"


def test_plain_words_come_before_their_html():
    assert "Plain" in read_mail(mail_of("Offer", "Plain.", "<p>Marked up.</p>")).text


def test_html_is_read_as_a_person_sees_it():
    assert read_mail(mail_of("Offer", html=f"<script>x()</script><p>{CLAIM}</p>")).text.endswith(CLAIM)


def test_packed_and_encoded_words_are_unpacked():
    data = mail_of("Für Sie", "Ein Café, é" * 40)

    assert "Ein Café" in read_mail(data).text
    assert read_mail(data).text.startswith("Für Sie")


def test_saved_page_is_a_page_without_a_subject():
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://clinic.invalid/\r\nSubject: MS\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n'
        b"<html><body><nav>Menu</nav><p>Stem cells cure MS.</p></body></html>\r\n--x--\r\n"
    )

    document = read_mail(data)

    assert (document.kind, document.text) == ("page", CLAIM)


@pytest.mark.parametrize("charset", ["utf-8", "no-such-encoding"])
def test_encoding_that_nobody_knows_is_guessed(charset):
    data = f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n{CLAIM} Café".encode()

    assert read_mail(data).text.endswith(f"{CLAIM} Café")


def test_mail_without_words_is_no_text():
    data = b"Date: x\nMIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"

    with pytest.raises(DocumentError) as problem:
        read_mail(data)

    assert problem.value.reason == "no-text"
