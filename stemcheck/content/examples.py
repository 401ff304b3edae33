"""The labelled sentences of data/claims/examples, which the claim spotter learns from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from stemcheck.content.problems import ContentError
from stemcheck.content.reading import Reader
from stemcheck.content.schema import Content, Text

Mode = Literal["asserted", "reported", "asked"]
Why = Literal[
    "denied", "debunked", "hedged", "wished", "asked-open", "other-illness", "other-treatment",
    "neutral", "failure-story", "warning-quote", "other-subject",
]  # fmt: skip

# What is said without a claim, by why it holds none. "I wish I could walk again" came out as a cry for help while it had no intent.
STATEMENT_INTENTS = {
    "wished": "share_hope",
    "denied": "share_doubt",
    "debunked": "share_doubt",
    "warning-quote": "share_doubt",
    "failure-story": "share_story",
    "neutral": "share_story",
    "other-illness": "share_story",
    "other-subject": "share_story",
    "other-treatment": "share_story",
}
STATEMENTS = frozenset(STATEMENT_INTENTS.values())


@dataclass(frozen=True)
class Example:
    """One sentence: the claim types it carries with their modes, and those it may carry.

    `idea` groups sentences that grew from one thought; a near miss says whose twin it is, and why.
    """

    text: str
    types: Mapping[str, str]
    maybe: frozenset[str]
    idea: str
    twin_of: str | None = None
    why: str | None = None


class ClaimRow(Content):
    """A sentence that carries its file's type."""

    text: Text
    mode: Mode = "asserted"
    also: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    modes: Mapping[str, Mode] = {}

    def to_example(self, type: str | None, idea: str) -> Example:
        """Return the example, with its own type first."""
        names = [name for name in (type, *self.also) if name]
        return Example(
            self.text, {name: self.modes.get(name, self.mode) for name in names}, frozenset(self.maybe), idea
        )

    def names(self) -> set[str]:
        """Return every claim type that the row names."""
        return {*self.also, *self.maybe, *self.modes}


class TwinRow(Content):
    """A near miss: close in words, but without its file's type."""

    text: Text
    why: Why | None = Field(...)
    types: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    mode: Mode = "asserted"

    def to_example(self, type: str | None, idea: str) -> Example:
        """Return the example; `type` is the one it lacks."""
        modes = dict.fromkeys(self.types, self.mode)
        return Example(self.text, modes, frozenset(self.maybe), idea, twin_of=type, why=self.why)

    def names(self) -> set[str]:
        """Return every claim type that the row names."""
        return {*self.types, *self.maybe}


class MixedRow(TwinRow):
    """A sentence of a file without a type: it carries `types`, and only some say why they carry none."""

    why: Why | None = None
    modes: Mapping[str, Mode] = {}

    def to_example(self, type: str | None, idea: str) -> Example:
        """Return the example, which is nobody's twin."""
        modes = {name: self.modes.get(name, self.mode) for name in self.types}
        return Example(self.text, modes, frozenset(self.maybe), idea, why=self.why)

    def names(self) -> set[str]:
        """Return every claim type that the row names."""
        return {*self.types, *self.maybe, *self.modes}


# Files of no single claim type, and the kinds of rows that an idea may hold.
UNTYPED = frozenset({"neutral", "mixed"})
ROWS: dict[str, type[ClaimRow] | type[TwinRow]] = {"claims": ClaimRow, "twins": TwinRow, "rows": MixedRow}


def load_examples(data_dir: Path) -> list[Example]:
    """Return all examples below a folder, or raise a ContentError with every problem in them."""
    reader = Reader(data_dir)
    types = {path.stem for path in (data_dir / "claims").glob("*.yml")}
    files = sorted((data_dir / "claims" / "examples").glob("*.yml"))
    examples = [example for path in files for example in read_file(reader, path, types)]
    if reader.problems:
        raise ContentError(reader.problems)
    return examples


def read_file(reader: Reader, path: Path, types: set[str]) -> Iterator[Example]:
    """Yield the examples of one file."""
    content = reader.read(path)
    type = str(content.get("type"))
    if content and type not in types | UNTYPED:
        reader.note(path, "type", f'"{type}" is no claim type', "Correct it; files without one say neutral or mixed")
    for idea in content.get("ideas") or []:
        if not isinstance(idea, dict) or not idea.get("idea") or not idea.keys() <= {"idea", *ROWS}:
            reader.note(path, str(idea)[:60], "an idea needs its text, and claims, twins or rows", "Correct it")
            continue
        for row in read_rows(reader, path, idea, types, type):
            yield row.to_example(None if type in UNTYPED else type, f"{type}/{idea['idea']}")


def read_rows(reader: Reader, path: Path, idea: dict[str, Any], types: set[str], type: str) -> Iterator[Any]:
    """Yield the rows of an idea that are right, and note the others."""
    for kind, model in ROWS.items():
        for item in idea.get(kind) or []:
            fields = {"text": item} if isinstance(item, str) else item
            text = f'"{fields.get("text") if isinstance(fields, dict) else fields}"'
            try:
                row: ClaimRow | TwinRow = model(**fields)
            except (ValidationError, TypeError) as error:
                reader.note(path, text, describe(error), "Correct it")
                continue
            for name in sorted(row.names() - types):
                reader.note(path, text, f'"{name}" is no claim type', "Correct the name")
            if isinstance(row, TwinRow) and kind == "twins" and type in row.types:
                reader.note(path, text, f"a twin can't carry the type {type} itself", "Move it to the claims")
            yield row


def describe(error: Exception) -> str:
    """Return the faults of a row in one line."""
    if not isinstance(error, ValidationError):
        return "the row is neither a text nor a mapping with a text"
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
