"""Entities of HTML in plain text ("shouldn&#39;t", "safe&nbsp;and"), also those that were escaped twice."""

import html
import re

from stemcheck.text_form.mapped_text import Edit, MappedText

ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,30};)")
MAX_ROUNDS = 4  # "&amp;amp;#39;" was escaped three times


def decode_entities(form: MappedText) -> MappedText:
    """Return the text with its entities as the letters they stand for. "R&D;" and the like stay."""
    found = ((match, decode(match.group())) for match in ENTITY.finditer(form.text)) if "&" in form.text else ()
    return form.replace(Edit(match.start(), match.end(), text) for match, text in found if text != match.group())


def decode(entity: str) -> str:
    """Return the letters that an entity stands for, or the entity where there is none or it is no text."""
    found = entity
    for _ in range(MAX_ROUNDS):
        decoded = html.unescape(found)
        if decoded == found:
            break
        found = decoded
    # an entity may name NUL or half a surrogate pair, which html.unescape turns into a sign of its own
    return found
