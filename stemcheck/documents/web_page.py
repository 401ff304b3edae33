"""A web page as a person reads it: no scripts, no menus, nothing hidden; lists and tables keep their lines."""

import re
from typing import Any

from stemcheck.documents.document import Document, DocumentError, finish_document
from stemcheck.documents.plain_text import decode

# what a page holds beside its text; a header inside an article is part of it, a page's own is not
NOT_READ = (
    "//script|//style|//noscript|//template|//svg|//canvas|//object|//iframe|//video|//audio|//select|//button|//nav|//dialog"
    "|//*[@hidden]|//*[@aria-hidden='true']"
    "|//*[contains(concat(' ', translate(@role, 'NAVIGTO', 'navigto'), ' '), ' navigation ')]"
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CONSENT = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)
MAX_CONSENT_CHARS = 3000  # a whole page may be wrapped in something whose name says "cookie"
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


def read_web_page(data: bytes) -> Document:
    """Return the document. Raises DocumentError."""
    return finish_document("page", text_of_markup(_decode(data)))


def text_of_markup(markup: str) -> str:
    """Return what a person sees of HTML. Raises DocumentError `broken`."""
    from inscriptis import Inscriptis
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig
    from lxml import etree, html

    try:
        # as bytes: lxml refuses a text that declares an encoding
        root = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise DocumentError("no-text") from None
    _remove_what_is_not_read(root)
    body = root.find("body")
    config = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)
    return "\n".join(line.strip() for line in Inscriptis(root if body is None else body, config).get_text().split("\n"))


def _remove_what_is_not_read(root: Any) -> None:
    hidden = [node for node in root.xpath("//*[@style]") if HIDDEN.search(node.get("style"))]
    named = root.xpath("//*[self::div or self::section or self::aside][@id or @class]")
    banners = [node for node in named if CONSENT.search(f"{node.get('id')} {node.get('class')}") and _is_short(node)]
    for node in (*root.xpath(NOT_READ), *hidden, *banners):
        if node.getparent() is not None:
            node.drop_tree()


def _is_short(node: Any) -> bool:
    return len(node.text_content()) <= MAX_CONSENT_CHARS


def _decode(data: bytes) -> str:
    declared = DECLARED.search(data[:4096])
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # declared wrongly, as often
    return decode(data)
