"""The shape of a situation: what people come with, and what a kind, competent person says to it. One file each."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import ConstrainedStr, HttpUrl, root_validator, validator

from stemcheck.content.schema import Content, Id, Text

MAX_TITLE_CHARS = 45
MAX_REPLY_WORDS = 120
MAX_SHORT_WORDS = 48
MARKER = re.compile(r"\s*\[((?:update:|guidance:)?[a-z0-9-]+)\]")

ReplyKind = Literal["answer", "out-of-scope", "smalltalk", "handoff", "privacy", "clinic-check", "verdict", "safety"]
Feeling = Literal[
    "fear", "grief", "joy", "anger", "shame", "lonely", "tired", "hope", "doubt", "worry", "none"
]  # fmt: skip
Speaker = Literal["self", "clinic", "own-doctor", "organisation", "friend", "press"]
Cells = Literal["ahsct", "msc", "clinic", "other", "any"]
Degree = Literal["now", "today", "talk", "gentle", "none"]
Mode = Literal["asserted", "reported", "asked"]


class SituationId(ConstrainedStr):
    """The group's and the situation's name, as Rasa writes a retrieval intent: "ask-ahsct/how-dangerous"."""

    regex = r"^[a-z0-9-]+/[a-z0-9-]+$"


class ClaimLabel(Content):
    """A claim that a message holds."""

    type: Id
    mode: Mode


class Labels(Content):
    """What a message holds beside its situation; what is left out is as in the file's `defaults`."""

    feeling: Feeling | None = None
    speaker: Speaker | None = None
    cells: Cells | None = None
    degree: Degree | None = None


class Defaults(Labels):
    """The labels of all of a file's messages, unless one says otherwise."""

    claims: tuple[ClaimLabel, ...] = ()


class Message(Labels):
    """Something people say, with all that it holds: further situations, claims, and the page that it was heard on."""

    text: Text
    also: tuple[SituationId, ...] = ()
    claims: tuple[ClaimLabel, ...] = ()
    page: str = ""


class FollowUp(Message):
    """A message that means its situation only after another one was answered."""

    after: SituationId


class Twin(Message):
    """A near miss: close in words, but it belongs to another situation, holds a claim, or means nothing of the kind."""

    belongs: str


class Situation(Content):
    """Everything of one situation. Each reply is whole; its markers name the facts, updates and guidance that back it."""

    id: SituationId
    title: Text
    kind: ReplyKind
    defaults: Defaults = Defaults()
    next: tuple[SituationId, ...] = ()
    replies: tuple[Text, ...]
    short: Text
    messages: tuple[Message, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    twins: tuple[Twin, ...] = ()
    tests: tuple[Message, ...]
    card: Id | None = None
    degree: Degree | None = None

    @validator("messages", "tests", pre=True)
    def allow_plain_texts(cls, value: Any) -> Any:
        """Let a message without labels be written as its text alone."""
        return [{"text": item} if isinstance(item, str) else item for item in value or []]

    @root_validator(skip_on_failure=True)
    def fit_a_chat(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a title that fits no button, and replies too long for a chat."""
        if len(values["title"]) > MAX_TITLE_CHARS:
            raise ValueError(f"the title has more than {MAX_TITLE_CHARS} characters")
        for reply in values["replies"]:
            if len(without_markers(reply).split()) > MAX_REPLY_WORDS:
                raise ValueError(f"a reply has more than {MAX_REPLY_WORDS} words: {reply[:50]!r}")
        if len(without_markers(values["short"]).split()) > MAX_SHORT_WORDS:
            raise ValueError(f"the short reply has more than {MAX_SHORT_WORDS} words")
        return values

    @property
    def group(self) -> str:
        """The group, which is Rasa's intent."""
        return self.id.partition("/")[0]


class GuidanceSource(Content):
    """The page that a statement of guidance comes from."""

    title: Text
    publisher: Text
    address: HttpUrl
    year: int | None = None


class Guidance(Content):
    """One statement that the source is silent on, in our own words, from a page that was read on `read_on`."""

    id: Id
    text: Text
    source: GuidanceSource
    read_on: date
    review_by: date
    topic: Id
    differs: Text | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether the page should have been read again by now."""
        return today > self.review_by


def markers_of(text: str) -> list[str]:
    """Return what backs a reply, in order: fact ids, "update:<id>", "guidance:<id>"."""
    return list(dict.fromkeys(MARKER.findall(text)))


def without_markers(text: str) -> str:
    """Return a reply as a visitor reads it."""
    return MARKER.sub("", text)


def labels_of(situation: Situation, message: Message) -> Mapping[str, str]:
    """Return feeling, speaker, cells and degree of a message; what neither it nor its file names is "none", "self", "any"."""
    fallback = {"feeling": "none", "speaker": "self", "cells": "any", "degree": situation.degree or "none"}
    return {
        name: getattr(message, name) or getattr(situation.defaults, name) or usual for name, usual in fallback.items()
    }
