"""Time stamps and names that WhatsApp, Telegram, Discord, Slack and forums put before what somebody wrote."""

import re
from collections.abc import Iterator

from stemcheck.text_form.mapped_text import Edit, MappedText

TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \w{3,9}\.? \d{4}|\w{3,9} \d{1,2}, \d{4}|Today|Yesterday)"
WHEN = rf"(?:{DAY},?(?: at)?\s{{1,2}})?{TIME}"
# one word, or a few that begin as names and telephone numbers do: "[10:15] Stem cells cure MS: no" holds none
WORD = r"[^\s:\[\]<>|]{1,30}"
NAME = rf"~?\s?(?:[+(A-Z\u00c0-\uffff\d]{WORD}(?:\s(?:(?:de|da|van|von|der|el|al|bin)\s)?[+(A-Z\u00c0-\uffff\d-]{WORD}){{1,4}}|{WORD})"
STAMPS = (
    rf"\[{WHEN}\]:?\s(?:{NAME}:\s)?",  # WhatsApp on an iPhone, Signal: "[12/03/2026, 10:15:22] Ana: "
    rf"{DAY},?\s{TIME}\s[-–—]\s{NAME}:\s",  # WhatsApp on Android: "12/03/26, 10:15 - Ana: "
    rf"{NAME}(?:, \[{WHEN}\]|\s\[{DAY},?\s{TIME}\]):?\s?",  # Telegram: "Ana, [12.03.2026 10:15]"
    rf"{NAME}\s[—–-]\s{DAY}(?: at)?\s{TIME}:?$",  # Discord: "Ana — Today at 10:15"
    rf"{NAME}\s\({DAY},?\s{TIME}\):\s",  # "Ana (12/03/2026, 10:15): "
    r"Quote from: [^\n]{1,80}$",
    r"(?:@\w{1,30}|[A-Z][\w.-]{0,29}) (?:wrote|posted):$",
)
STAMP = re.compile(rf"^(?:{'|'.join(STAMPS)})", re.MULTILINE)
NOTICE = re.compile(
    r"^(?:<?(?:media|image|video|audio|sticker|document|gif) omitted>?|this message was deleted\.?|you deleted this message\.?"
    r"|messages and calls are end-to-end encrypted\.[^\n]{0,200}|<this message was edited>|forwarded(?: many times)?)$",
    re.MULTILINE | re.IGNORECASE,
)


def strip_stamps(form: MappedText) -> MappedText:
    """Return the text without time stamps, names and notices of chat programs."""
    stamped = form.replace(_removed(STAMP, form.text))
    return stamped.replace(_removed(NOTICE, stamped.text))


def _removed(pattern: "re.Pattern[str]", text: str) -> Iterator[Edit]:
    return (Edit(match.start(), match.end(), "") for match in pattern.finditer(text))
