"""The one step between a text as it arrives and everything that reads it."""

import re
from collections.abc import Callable

from stemcheck.text_form.broken_encoding import mend_encoding
from stemcheck.text_form.chat_export import strip_stamps
from stemcheck.text_form.emoji_words import read_emoji
from stemcheck.text_form.entities import decode_entities
from stemcheck.text_form.hashtags import split_hashtags
from stemcheck.text_form.html_page import read_html
from stemcheck.text_form.letters import fold_letters
from stemcheck.text_form.line_breaks import join_lines
from stemcheck.text_form.links import strip_emphasis, strip_links
from stemcheck.text_form.lookalikes import fold_lookalikes
from stemcheck.text_form.mail import strip_mail_headers, strip_quote_marks
from stemcheck.text_form.mapped_text import MappedText, mapped
from stemcheck.text_form.spacing import join_spaced_letters, tidy_spaces

Step = Callable[[MappedText], MappedText]
# what the letters are, whatever they are part of; the rule for emergencies reads no more than this
LETTER_STEPS: tuple[Step, ...] = (mend_encoding, decode_entities, fold_letters, fold_lookalikes)
SIGN_STEPS: tuple[Step, ...] = (read_emoji, join_spaced_letters)
# what the text is once its letters are plain, in order: each step relies on those before it
LAYOUT_STEPS: tuple[Step, ...] = (
    strip_quote_marks,
    tidy_spaces,
    strip_links,
    split_hashtags,
    strip_mail_headers,
    tidy_spaces,
    join_lines,
    strip_stamps,
    tidy_spaces,
)
# a text without any of these is plain already: most messages
ODD = re.compile(
    r"[^ -~]|[&<>#*_\[\]`~|@\\]|\s\s|\A\s|\s\Z|://|\bwww\.|\w\.[a-z]|\d[:.]\d|\b[A-Za-z] [A-Za-z] [A-Za-z] [A-Za-z]\b"
)


def normalise_text(text: str) -> MappedText:
    """Return a text plain to read, however it arrived; `place(start, end)` of it tells where that stood in the original.

    Mail, PDF, chat exports, HTML, Markdown, wrong encodings, decorated letters. The text is never longer than 8,000 characters, or
    than it came; reading takes time that grows with its length and no faster. A text of links alone becomes empty.
    """
    form = mapped(text)
    if not ODD.search(text):
        return form
    for step in (mend_encoding, read_html, *LETTER_STEPS[1:], strip_emphasis, *SIGN_STEPS, *LAYOUT_STEPS):
        form = step(form)
    return form


def normalise_letters(text: str) -> str:
    """Return a text in plain letters, its lines and marks as they came: "𝗜 𝗰𝗮𝗻’𝘁 breathe" as "I can’t breathe"."""
    form = mapped(text)
    if ODD.search(text):
        for step in (*LETTER_STEPS, *SIGN_STEPS):
            form = step(form)
    return form.text
