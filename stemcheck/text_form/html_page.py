"""HTML read as a person sees it: no scripts, no menus, nothing hidden; headings, bullets and table cells as such.

The tags are told apart here: no HTML library says where each letter stood, and the standard library's parser takes seconds for
8,000 characters of half a tag. Entities stay for the step that decodes them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from stemcheck.text_form.mapped_text import Edit, MappedText

BLOCKS = (
    "address|article|aside|blockquote|body|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|head|header|hr|html|li|main|nav|ol|option|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
INLINE = "a|abbr|b|big|button|cite|code|del|em|font|i|img|input|ins|label|link|mark|meta|q|s|small|span|strike|strong|sub|sup|u"
IS_HTML = re.compile(rf"<(?:!doctype\b|!--|/?(?:{BLOCKS}|{INLINE})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
IS_BLOCK = re.compile(rf"(?:{BLOCKS}|!doctype)", re.IGNORECASE)
# none of the alternatives reads over a "<", so that half a tag costs no more than its own letters
TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>"
    r"|<!--.*?(?:-->|\Z)|<[!?][^<>]*>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([a-zA-Z][\w-]*)(?:\s{0,9}=\s{0,9}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
# what is no text: nothing in it is a tag until its own end
RAW = {name: re.compile(rf"</{name}\b[^<>]*>|\Z", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
UNSEEN = frozenset(
    ["audio", "canvas", "head", "iframe", "math", "nav", "noscript", "object", "select", "svg", "template", "video"]
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MENU_ROLES = frozenset({"navigation", "menu", "menubar", "search", "toolbar"})
MENU_NAME = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|cookies?)(?:$|[\s_-])")
MENU_ELEMENTS = frozenset(["div", "ul", "ol", "header", "aside", "section"])
HEADING = re.compile("h[1-6]")
BREAKS = {"br": "\n", "li": "\n• ", "td": " | ", "th": " | ", "tr": "\n", "dt": "\n", "dd": "\n", "option": "\n"}
BREAKS_AT_START_ONLY = frozenset({"li", "td", "th", "tr"})
SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(form: MappedText) -> MappedText:
    """Return what a person sees of a page; a text without tags as it is."""
    if "<" not in form.text or not IS_HTML.search(form.text):
        return form
    stretches = list(_stretches(form.text))
    has_blocks = any(IS_BLOCK.fullmatch(name) for _, _, name in stretches if name)
    return form.replace(_edits(form.text, stretches, has_blocks))


def _edits(text: str, stretches: list[tuple[int, str | None, str]], has_blocks: bool) -> Iterator[Edit]:
    """Yield the edits that leave what is seen. In a page with blocks a line break of the source is a blank."""
    for (start, new, _), (end, _, _) in pairwise([*stretches, (len(text), None, "")]):
        if new is not None:
            yield Edit(start, end, new)
        elif has_blocks:
            blanks = SPACES.finditer(text, start, end)
            yield from (Edit(blank.start(), blank.end(), " ") for blank in blanks if blank.group() != " ")


def _stretches(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield where each stretch of the source begins, what becomes of it (None: it stays), and the tag's name."""
    unseen: list[str] = []  # the hiding element, once for each time that it is open
    place = 0
    while tag := TAG.search(text, place):
        if place < tag.start():
            yield place, "" if unseen else None, ""
        name, place = (tag["name"] or "").lower(), tag.end()
        if not tag["end"] and name in RAW:
            end = RAW[name].search(text, place)
            place = end.end() if end else len(text)
        was_unseen = bool(unseen)
        _count_hiding(unseen, name, tag)
        yield tag.start(), "" if was_unseen or unseen else _break_at(name, bool(tag["end"])), name
    if place < len(text):
        yield place, "" if unseen else None, ""


def _count_hiding(unseen: list[str], name: str, tag: "re.Match[str]") -> None:
    if tag["end"]:
        del unseen[len(unseen) - bool(unseen and unseen[0] == name) :]
    elif unseen:
        unseen += [name] * (name == unseen[0])
    elif name and name not in VOID and name not in RAW and _is_hidden(name, tag["attributes"]):
        unseen.append(name)


def _break_at(name: str, is_end: bool) -> str:
    if is_end and name in BREAKS_AT_START_ONLY:
        return ""
    if HEADING.fullmatch(name):
        return "\n\n" if is_end else "\n\n# "
    return BREAKS.get(name, "\n\n" if IS_BLOCK.fullmatch(name) else "")


def _is_hidden(name: str, written: str) -> bool:
    if name in UNSEEN:
        return True
    if not written:
        return False
    found = {match[1].lower(): (match[2] or "").strip("\"'") for match in ATTRIBUTE.finditer(written)}
    names = f"{found.get('class', '')} {found.get('id', '')}".lower()
    return (
        "hidden" in found
        or found.get("aria-hidden") == "true"
        or found.get("role", "") in MENU_ROLES
        or bool(HIDING_STYLE.search(found.get("style", "")))
        or (name in MENU_ELEMENTS and bool(MENU_NAME.search(names)))
    )
