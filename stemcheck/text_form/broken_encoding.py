"""Text that was decoded wrongly on its way ("donâ€™t"), put right by ftfy word by word."""

import re
from collections.abc import Iterator

from stemcheck.text_form.mapped_text import Edit, MappedText

# what the bytes of UTF-8 look like in a Western code page: one of these, then another sign that is no ASCII letter
SIGN = re.compile(r"[ÂÃâÅÄÎÏÐÑØÙð×][^\x00-\x9f]|[ÂÃâÅÄÎÏÐÑØÙð×][\x80-\x9f]")
WORD = re.compile(r"[^ \n\r\t]+")
MAX_WORD_CHARS = 200


def mend_encoding(form: MappedText) -> MappedText:
    """Return the text with wrongly decoded words put right. What only looks a little odd stays."""
    return form.replace(_mended(form.text)) if SIGN.search(form.text) else form


def _mended(text: str) -> Iterator[Edit]:
    import ftfy  # takes a moment, and few texts need it

    for word in WORD.finditer(text):
        found = word.group()
        if not found.isascii() and len(found) <= MAX_WORD_CHARS and SIGN.search(found):
            better = ftfy.fix_encoding(found)
            if better != found:
                yield narrow(found, better, word.start())


def narrow(old: str, new: str, start: int) -> Edit:
    """Return the edit that turns `old`, which stands at `start`, into `new`, without the letters that both begin and end with."""
    shorter = min(len(old), len(new))
    left = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    most = shorter - left
    right = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return Edit(start + left, start + len(old) - right, new[left : len(new) - right])
