"""Links and the marks of Markdown and forums: the words that a reader sees stay, addresses and marks go."""

import re
from collections.abc import Iterator

from stemcheck.text_form.mapped_text import Edit, MappedText

MARKDOWN_LINK = re.compile(
    r"!?\[([^\[\]\n]{1,300})\](?:\([^()\s]{0,500}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?(?: \"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,80}\])"
)
LINK_TARGET = re.compile(r"^ {0,3}\[[^\[\]\n]{1,80}\]: \S{1,500}[^\n]{0,200}$", re.MULTILINE)
FORUM_MARK = re.compile(
    r"\[/?(?:b|i|u|s|quote|url|img|size|color|colour|font|list|center|code|spoiler)(?:=[^\]\n]{0,200})?\]",
    re.IGNORECASE,
)
ENDING = "com|org|net|info|biz|eu|io|uk|de|fr|es|ch|nl|ru|ua|mx|pa|cn|tr"
# endings that are words as well, as in "no side effects.It works"; they need a path behind them
WORDY_ENDING = "clinic|health|care|center|life|med|co|us|it|at|be|in|th|example"
ADDRESS = re.compile(
    r"<?(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"“”]{1,2000}>?"
    r"|<?(?:mailto:)?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}>?"
    rf"|\b(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:(?:{ENDING}|{WORDY_ENDING})/[^\s<>\"“”]{{0,500}}|(?:{ENDING})\b(?![\w.@-]))",
    re.IGNORECASE,
)
AFTER_ADDRESS = re.compile(r"[.,;:!?'’)\]}*_…>]+\Z")
EMPHASIS = re.compile(
    r"(?<![\w*_~`\\])(\*{1,6}|_{1,3}|~{1,2}|`{1,3})(?=[^\s*_~`])([^\n]{1,3000}?)(?<=[^\s*_~`\\])\1(?![\w*_~`])"
)
ESCAPED = re.compile(r"\\(?=[*_#\[\]()~`>.!|-])")
MAX_NESTED = 3  # "***_so_***"


def strip_links(form: MappedText) -> MappedText:
    """Return the text without addresses. Of "[words](address)" the words stay."""
    linked = form.replace(_words_of_links(form.text))
    plain = linked.replace(Edit(match.start(), match.end(), "") for match in LINK_TARGET.finditer(linked.text))
    return plain.replace(_addresses(plain.text))


def strip_emphasis(form: MappedText) -> MappedText:
    """Return the text without the marks of Markdown and forums for bold, italics, struck or code."""
    form = form.replace(Edit(match.start(), match.end(), "") for match in FORUM_MARK.finditer(form.text))
    for _ in range(MAX_NESTED):
        marks = list(_marks(form.text))
        if not marks:
            break
        form = form.replace(marks)
    return form.replace(Edit(match.start(), match.end(), "") for match in ESCAPED.finditer(form.text))


def _words_of_links(text: str) -> Iterator[Edit]:
    for match in MARKDOWN_LINK.finditer(text):
        yield Edit(match.start(), match.start(1), "")
        yield Edit(match.end(1), match.end(), "")


def _addresses(text: str) -> Iterator[Edit]:
    for match in ADDRESS.finditer(text):
        found = match.group()
        behind = AFTER_ADDRESS.search(found) if not found.startswith("<") else None
        yield Edit(match.start(), match.end() - (len(behind.group()) if behind else 0), "")


def _marks(text: str) -> Iterator[Edit]:
    for match in EMPHASIS.finditer(text):
        yield Edit(match.start(1), match.end(1), "")
        yield Edit(match.end(2), match.end(), "")
