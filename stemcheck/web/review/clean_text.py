"""Texts of a form, as they can be written into files."""

import re

# YAML cannot hold these; visitors' keyboards send them by accident
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufffd")


def clean(text: str) -> str:
    """Return a text as it can be written into files: line breaks alike, signs that no file can hold left out."""
    return UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
