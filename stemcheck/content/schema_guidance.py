"""The shape of guidance, replies and terms: all wording that is not a fact of the source."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Any, Literal

from pydantic import HttpUrl, root_validator

from stemcheck.content.schema import Content, Id, Label, Text


class Variants(Content):
    """Wordings of one reply, used in turn, so that none is repeated word for word."""

    id: Id
    variants: tuple[Text, ...]

    @root_validator(skip_on_failure=True)
    def differ(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a single variant, or the same one twice."""
        if not 2 <= len(set(values["variants"])) == len(values["variants"]):
            raise ValueError("there must be two or more variants, each different")
        return values


class Reply(Variants):
    """`placeholders` are the names that every variant must hold, as in "{claims} claims"."""

    placeholders: tuple[str, ...] = ()

    @root_validator(skip_on_failure=True)
    def hold_the_placeholders(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a variant that lacks a placeholder, or holds one that nobody fills."""
        wanted = set(values["placeholders"])
        for variant in values["variants"]:
            if placeholders_of(variant) != wanted:
                raise ValueError(f"{variant!r} must hold exactly the placeholders {sorted(wanted)}")
        return values


def placeholders_of(variant: str) -> set[str]:
    """Return the names in braces. A stray brace is an error."""
    return {name for _, name, _, _ in Formatter().parse(variant) if name is not None}


class Topic(Variants):
    """A subject that the source does not cover, and what the visitor may ask instead."""

    suggestions: tuple[Id, ...]


class Question(Content):
    """Something to ask a clinic, why it matters, and what a good answer looks like."""

    id: Id
    label: Label
    question: Text
    why: Text
    good_answer: Text
    source: Id


class CardWords(Content):
    """The words of a card in one language, and how the plain rule knows in it that a message calls for the card."""

    title: Text
    text: Text
    action: Text
    patterns: tuple[Text, ...] = ()
    harmless: tuple[Text, ...] = ()


class CardSource(Content):
    """The page that a card rests on."""

    title: Text
    publisher: Text
    address: HttpUrl


class SafetyCard(Content):
    """One card, one action; `degree` says how soon, `call` which of a country's numbers it names, if any.

    A pattern names one of the `words` in angle brackets: "<stop> <medicine>". Compiling them all takes
    longer than reading all the rest, so that is left to `build_safety_rule` and to `inspect_content`.
    """

    id: Id
    title: Text
    degree: Literal["now", "today", "talk"]
    text: Text
    action: Text
    call: Literal["emergency", "crisis", "health"] | None = None
    text_lines: bool = False
    source: CardSource
    read_on: date
    review_by: date
    languages: Mapping[str, CardWords] = {}
    words: Mapping[str, str] = {}
    patterns: tuple[Text, ...] = ()
    harmless: tuple[Text, ...] = ()

    @root_validator(pre=True)
    def put_in_words(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the lists of words into the patterns that name them; `call: none` is no call."""
        words = values.get("words") or {}
        filled = {key: put_in(values.get(key) or [], words) for key in ("patterns", "harmless")}
        call = None if values.get("call") == "none" else values.get("call")
        return {**values, **filled, "call": call}


class ForeignNotice(Content):
    """What is said to somebody who writes in another language, and the words on the link to the publisher's page."""

    id: Id
    name: Text
    notice: Text
    link_text: Text


def put_in(patterns: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """Return patterns with each "<name>" replaced by the words of that name."""
    named = re.compile("<(" + "|".join(map(re.escape, words)) + ")>")
    return tuple(named.sub(lambda match: f"(?:{words[match[1]]})", str(pattern)) for pattern in patterns)


class Numbers(Content):
    """Whom to call in one country, or by "default"; `sources` say where the numbers come from."""

    id: Id
    emergency: Text
    crisis: Text | None = None
    health: Text | None = None
    sources: tuple[Id, ...]
    reviewed_on: date


class Contact(Content):
    """Somebody to talk to; the id "default" is used where a site has set none of its own."""

    id: Id
    name: Text
    text: Text
    url: HttpUrl | None = None


class Silence(Content):
    """What an advert should say; a text is silent about it that matches no pattern once `harmless` wording is cut out."""

    id: Id
    label: Label
    why: Text
    question: Id
    patterns: tuple[Text, ...]
    harmless: tuple[Text, ...] = ()


class Button(Content):
    """Something to do next: the words on a button, and the message that it sends."""

    id: Id
    title: Label
    text: Text


class ClinicCheckStep(Content):
    """One question of the guided check, the answer that is a warning sign, and what is said of it."""

    id: Id
    question: Text
    short: Label
    warning_when: Literal["yes", "no"]
    warning: Text
    claim_type: Id | None = None
    ask: Id
    source: Id


class Term(Content):
    """A hard word that cannot be avoided, and its plain explanation."""

    id: Id
    words: tuple[Text, ...]
    plain: Text


class FactList(Content):
    """The facts on the things that the fact `id` names by their number, in its order."""

    id: Id
    items: tuple[Id, ...]


class SubjectWords(Content):
    """What a visitor calls a claim of the type `id`, after a verdict on it."""

    id: Id
    words: tuple[Text, ...]


class ClaimQuestion(Content):
    """Ways to ask one thing about all the claims of the last verdict; a longer message is something else."""

    id: Literal["any-true", "worst", "not-backed", "told-right", "is-it-true", "write-back"]
    words: tuple[Text, ...]
    most_words: int
