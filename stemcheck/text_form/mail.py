"""Mails: quote marks before lines, and what mail programs add around a quoted or forwarded text."""

import re
from collections.abc import Iterator

from stemcheck.text_form.mapped_text import Edit, MappedText

QUOTE_MARKS = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,20}", re.MULTILINE)
# In the languages of the widget, but for labels that begin other lines as well ("A:", "De:"). What stands behind "Subject:" is read.
LABELS = "From|To|Cc|Bcc|Sent|Date|Reply-To|Von|Gesendet|Datum|Envoyé|Enviado|Fecha|Inviato"
SUBJECT = r"\*?(?:Subject|Betreff|Asunto|Objet|Oggetto)\*?[ \t]?:\*?[ \t]*(?:(?:Re|Fwd?|AW|WG|TR|RV)[ \t]?:[ \t]*){0,9}"
LABEL = rf"(?:\*?(?:{LABELS})\*?[ \t]?:)"
HEADER = re.compile(rf"^(?:(?:{LABEL}|{SUBJECT})[^\n]{{0,300}}(?:\n|\Z)){{2,12}}", re.MULTILINE)
HEADER_LINE = re.compile(rf"^(?:{LABEL}[^\n]*|{SUBJECT})", re.MULTILINE)
RULE = re.compile(
    r"^[ \t]*(?:-{2,} ?)?(?:forwarded message|original message|begin forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht"
    r"|message d'origine|mensaje original|mensaje reenviado|messaggio originale)(?: ?-{2,}|:)?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
WROTE = re.compile(
    r"^(?:On|Am|Le|El|Il) [^\n]{4,120}?(?:\n[^\n]{1,80}?)?(?:wrote|schrieb[^\n]{0,60}|a écrit|escribió|ha scritto) ?:[ \t]*$",
    re.MULTILINE,
)
SIGNATURE = re.compile(
    r"^(?:-- ?|_{5,}|(?:Sent from my|Get Outlook for|Von meinem|Envoyé de mon|Enviado desde mi|Inviato da) [^\n]{1,60})$",
    re.MULTILINE,
)


def strip_quote_marks(form: MappedText) -> MappedText:
    """Return the text without "> " before its lines."""
    if ">" not in form.text:
        return form
    return form.replace(Edit(match.start(), match.end(), "") for match in QUOTE_MARKS.finditer(form.text))


def strip_mail_headers(form: MappedText) -> MappedText:
    """Return the text without the lines that mail programs write: sender and date, "… wrote:", "Sent from my phone"."""
    form = form.replace(_removed_headers(form.text))
    for pattern in (RULE, WROTE, SIGNATURE):
        form = form.replace([Edit(match.start(), match.end(), "\n") for match in pattern.finditer(form.text)])
    return form


def _removed_headers(text: str) -> Iterator[Edit]:
    """Yield the edits that take away the lines of headers, two or more together; a single "From:" may be anything."""
    for block in HEADER.finditer(text):
        lines = HEADER_LINE.finditer(text, block.start(), block.end())
        yield from (Edit(line.start(), line.end(), "\n") for line in lines)
