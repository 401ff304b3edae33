"""What the model never learned from, in two halves: one sets thresholds, the other makes evaluation/sets. Nothing is in both."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.passages import Passage, PassageSentence, read_passages
from stemcheck.training.dataset import Row, is_held_out_page, test_rows

CALM = frozenset({"none", "gentle"})  # degrees that call for no card


@dataclass(frozen=True)
class HeldMessage:
    """A message with its labels. `situations` is empty where a near miss of an alarm belongs to none; `claims` holds (type, mode)."""

    id: str
    text: str
    situations: tuple[str, ...] = ()
    degree: str = "none"
    feeling: str = "none"
    speaker: str = "self"
    cells: str = "any"
    claims: tuple[tuple[str, str], ...] = ()

    @property
    def is_calm(self) -> bool:
        """Whether the message calls for no card."""
        return self.degree in CALM


def is_for_thresholds(key: str) -> bool:
    """Return whether a held-out page, or a held-out message, sets thresholds; all others are for evaluation/sets."""
    return zlib.crc32(key.encode()) % 2 == 1


def held_out_passages(data_folder: Path, *, for_thresholds: bool) -> tuple[list[Passage], list[PassageSentence]]:
    """Return one half of the held-out passages and sentences, by page. Raises ContentError."""
    passages, sentences = read_passages(data_folder)
    return (
        [one for one in passages if is_held_out_page(one.page) and is_for_thresholds(one.page) == for_thresholds],
        [one for one in sentences if is_held_out_page(one.page) and is_for_thresholds(one.page) == for_thresholds],
    )


def held_out_messages(library: Library, *, for_thresholds: bool) -> list[HeldMessage]:
    """Return one half of the messages that are never trained on, by text; each text comes once."""
    found = {row.text: row for row in test_rows(library) if is_for_thresholds(row.text) == for_thresholds}
    return [_message(row, library) for row in found.values()]


def id_of(kind: str, text: str) -> str:
    """Return an id that stays when other rows come or go."""
    return f"{kind}-{zlib.crc32(text.encode()):08x}"


def as_row(message: HeldMessage) -> dict[str, Any]:
    """Return the message as it stands in a set."""
    return {**message.__dict__, "situations": list(message.situations), "claims": dict(message.claims)}


def from_row(row: dict[str, Any]) -> HeldMessage:
    """Return the message that `as_row` wrote down."""
    known = {name: value for name, value in row.items() if name in HeldMessage.__dataclass_fields__}
    return HeldMessage(**{**known, "situations": tuple(row["situations"]), "claims": tuple(row["claims"].items())})


def _message(row: Row, library: Library) -> HeldMessage:
    labels = dict(row.labels or {})
    situations = tuple(name for name, _ in row.situations)
    alarm = library.situations[situations[0]].degree or "none"
    if alarm not in CALM and labels["degree"] in CALM:
        situations = ()
    return HeldMessage(
        id_of("message", row.text), row.text, situations, claims=tuple((row.claims or {}).items()), **labels
    )
