"""Personal data is masked before a text reaches a disk or a log.

Every mask is as long as what it hides, so that the place of a claim in a text stays right.
"""

import re
from collections.abc import Iterator
from typing import Any

import phonenumbers
from stdnum import iban, luhn
from stdnum.gb import nhs

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+ ?(?:\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\w.])\d(?:[ -]?\d){8,18}(?!\w)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
# "patient no. 48213", "NHS number: 943 476 5919", "MRN 00123": the number after a word that says what it is
LABELLED = re.compile(
    r"\b(?:patient|hospital|nhs|chi|mrn|insurance|policy|passport|member(?:ship)?|case|file|reference|ssn|social security)"
    r"(?:[ -]?(?:id|no|nr|num|number|card))?\b\W{0,3}(?:is\W{1,2})?(?P<number>[A-Z]{0,3}\d[\dA-Z -]{3,18}\d)",
    re.IGNORECASE,
)
SSN = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
PHONE_REGIONS = ("GB", "US", "DE", "AU")
WORTH_A_LOOK = re.compile(r"@|\[at\]|\(at\)|\d\D{0,2}\d\D{0,2}\d\D{0,2}\d", re.IGNORECASE)
# ids made by programs, which only look like numbers of people
KEPT_KEYS = frozenset(
    {"message_id", "model_id", "sender_id", "id", "client_id", "timestamp", "assistant_id", "sent_at", "reviewed_on"}
)


def mask(text: str) -> str:
    """Return `text` with e-mail addresses, phone, patient, card and account numbers hidden; the length stays the same."""
    if not WORTH_A_LOOK.search(text):
        return text
    letters = list(text)
    for start, end, kind in _findings(text):
        letters[start:end] = _cover(kind, end - start)
    return "".join(letters)


def mask_all(value: Any) -> Any:
    """Return a copy of a JSON value with every text in it masked, but for ids that programs made."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: item if key in KEPT_KEYS else mask_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(item) for item in value]
    return value


def _findings(text: str) -> Iterator[tuple[int, int, str]]:
    for match in EMAIL.finditer(text):
        yield match.start(), match.end(), "e-mail"
    for match in IBAN.finditer(text):
        if iban.is_valid(match.group()):
            yield match.start(), match.end(), "account"
    for match in LABELLED.finditer(text):
        yield match.start("number"), match.end("number"), "number"
    for match in SSN.finditer(text):
        yield match.start(), match.end(), "number"
    for match in DIGITS.finditer(text):
        number = re.sub(r"\D", "", match.group())
        if (len(number) >= 13 and luhn.is_valid(number)) or nhs.is_valid(number):
            yield match.start(), match.end(), "number"
    for region in PHONE_REGIONS:
        for found in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            yield found.start, found.end, "phone"


def _cover(kind: str, length: int) -> str:
    label = f"[{kind}]"
    return label + "•" * (length - len(label)) if len(label) <= length else "•" * length
