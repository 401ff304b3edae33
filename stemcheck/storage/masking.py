"""Personal data is masked before a text reaches a disk or a log.

Every mask is as long as what it hides, so that the place of a claim in a text stays right. What is masked stands in
data/masking.yml, read by `masking_rules.py`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import phonenumbers
from stdnum import iban, luhn
from stdnum.gb import nhs

from stemcheck.storage.masking_rules import MaskingRules, load_masking_rules

# bounded, since a long text without "@" would be read again from each of its letters
EMAIL = re.compile(
    r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+|[\w.+-]{1,64} ?(?:\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
DIGITS = re.compile(r"(?<![\w.])\d(?:[ -]?\d){8,18}(?!\w)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
HOLDER = r"(?:patient|hospital|nhs|chi|insurance|policy|passport|member(?:ship)?|case|file|reference)"
# "patient no. 48213", "NHS number: 943 476 5919", "MRN 00123": the number after a word that says what it is
LABELLED = re.compile(
    rf"\b(?:{HOLDER}[ -]?(?:id|no|nr|num|number|card)|mrn|chi|ssn|social security(?: number)?)\b\W{{0,3}}(?:(?:is|was)\W{{1,2}})?"
    r"(?P<number>(?:(?-i:[A-Z]{1,4})[ -]|[A-Z]{1,4})?\d[\dA-Z]*(?:[ -]\d[\dA-Z]*)*)",
    re.IGNORECASE,
)
# "patient 48213": five digits at least, since years and counts follow such words too
BARE = re.compile(rf"\b{HOLDER}\b\W{{1,3}}(?P<number>[A-Z]{{0,3}}-?\d{{5,}}[\dA-Z-]*)", re.IGNORECASE)
LEAST_DIGITS = 4
# seven digits and more, whatever stands between them
LONG_NUMBER = re.compile(r"\d(?:[ ()/.-]{0,3}\d){6,}")
MOST_DIGITS = 300  # in a text whose numbers are looked at one by one, which takes long
SSN = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
WORTH_A_LOOK = re.compile(r"@|\[at\]|\(at\)|\d\D{0,2}\d\D{0,2}\d\D{0,2}\d", re.IGNORECASE)
# ids made by programs, which only look like numbers of people
KEPT_KEYS = frozenset(
    {"message_id", "model_id", "sender_id", "id", "client_id", "timestamp", "assistant_id", "sent_at", "reviewed_on"}
)
# replies in our own words, with numbers to call: hidden ones would help nobody who reads the conversation again
OWN_WORDS = frozenset({"safety", "handoff"})


def mask(text: str, rules: MaskingRules | None = None) -> str:
    """Return `text` with everything hidden that the rules name (this process's by default); the length stays the same."""
    rules = rules or load_masking_rules()
    is_worth_a_look = bool(WORTH_A_LOOK.search(text))
    if not is_worth_a_look and not rules.patterns:
        return text
    found = [(start, end, own.name) for own in rules.patterns for start, end in own.find(text)]
    if is_worth_a_look:
        found += [finding for finding in _findings(text, rules) if finding[2] in rules.kinds]
    letters = list(text)
    for start, end, kind in _merge(found):
        letters[start:end] = _cover(kind, end - start)
    return "".join(letters)


def mask_all(value: Any, known: dict[str, str] | None = None) -> Any:
    """Return a copy of a JSON value with every text in it masked, but for ids that programs made.

    `known` holds what texts become, and is added to: one message's words stand in several of its events.
    """
    known = {} if known is None else known
    if isinstance(value, str):
        if value not in known:
            known[value] = mask(value)
        return known[value]
    if isinstance(value, dict):
        return {key: item if key in KEPT_KEYS else mask_all(item, known) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(item, known) for item in value]
    return value


def mask_reply(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message of the chat API masked, but for the kinds that never quote the visitor."""
    return message if message.get("kind") in OWN_WORDS else dict(mask_all(message))


def mask_event(event: dict[str, Any], known: dict[str, str] | None = None) -> dict[str, Any]:
    """Return one of Rasa's events masked, but for replies of the kinds that never quote the visitor; `known` as above."""
    custom = (event.get("data") or {}).get("custom") if event.get("event") == "bot" else None
    is_own = isinstance(custom, dict) and custom.get("kind") in OWN_WORDS
    return event if is_own else dict(mask_all(event, known))


def _findings(text: str, rules: MaskingRules) -> Iterator[tuple[int, int, str]]:
    for match in EMAIL.finditer(text):
        yield match.start(), match.end(), "e-mail"
    for match in (*LABELLED.finditer(text), *BARE.finditer(text)):
        if sum(letter.isdigit() for letter in match["number"]) >= LEAST_DIGITS:
            yield match.start("number"), match.end("number"), "number"
    is_full_of_numbers = sum(letter.isdigit() for letter in text) > MOST_DIGITS
    yield from (_long_numbers if is_full_of_numbers else _numbers)(text, rules)


def _long_numbers(text: str, rules: MaskingRules) -> Iterator[tuple[int, int, str]]:
    """Yield every long number, be it somebody's or not."""
    kind = next((kind for kind in ("number", "phone", "account") if kind in rules.kinds), "")
    for match in LONG_NUMBER.finditer(text):
        yield match.start(), match.end(), kind


def _numbers(text: str, rules: MaskingRules) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers that are an account's, a person's or a telephone's."""
    for match in IBAN.finditer(text):
        if iban.is_valid(match.group()):
            yield match.start(), match.end(), "account"
    for match in SSN.finditer(text):
        yield match.start(), match.end(), "number"
    for match in DIGITS.finditer(text):
        number = re.sub(r"\D", "", match.group())
        if (len(number) >= 13 and luhn.is_valid(number)) or nhs.is_valid(number):
            yield match.start(), match.end(), "number"
    for region in rules.phone_regions if "phone" in rules.kinds else ():
        for found in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            yield found.start, found.end, "phone"


def _merge(findings: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return findings that overlap as one: "+49 30 901820" is a phone number, though its end looks like an NHS number."""
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(findings, key=lambda found: (found[0], -found[1])):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, end, kind))
    return merged


def _cover(kind: str, length: int) -> str:
    label = f"[{kind}]"
    return label + "•" * (length - len(label)) if len(label) <= length else "•" * length
