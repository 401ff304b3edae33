"""Text made plain, so that the patterns of data/guidance need not spell out every form of it."""

import re
import unicodedata

APOSTROPHES = re.compile(r"['‘’ʼ`´]")
LETTER_RUN = re.compile(r"([a-z!?.])\1{2,}")


def make_plain(text: str) -> str:
    """Return a text in lower case, without apostrophes and drawn-out letters: "I can't!!!" -> "i cant!!"."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).lower())
    return LETTER_RUN.sub(r"\1\1", " ".join(plain.split()))
