"""Passages and sentences after real pages, in our own words, with every claim in them: data/training/passages."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from stemcheck.content.examples import Mode, Why
from stemcheck.content.problems import ContentError
from stemcheck.content.reading import Reader
from stemcheck.content.schema import Content, Id, Text

Stance = Literal["offer", "story", "report", "warning", "study", "other"]
SPEAKS_FOR_CLAIMS = frozenset({"offer", "story"})
FOLDER = Path("training") / "passages"
HELD_OUT_OF = 5  # one page in five is never trained on


class PassageClaim(Content):
    """A claim of a passage, with its clearest words, letter by letter."""

    type: Id
    mode: Mode
    words: Text


class Passage(Content):
    """A text as it is found on a page, and all that it claims."""

    page: str
    kind: str
    stance: Stance
    text: Text
    claims: tuple[PassageClaim, ...] = ()
    optional: tuple[Id, ...] = ()


class SentenceClaim(Content):
    """A claim of a single sentence."""

    type: Id
    mode: Mode


class PassageSentence(Content):
    """A single sentence of a page, with its claims or the reason why it holds none."""

    page: str
    text: Text
    claims: tuple[SentenceClaim, ...] = ()
    optional: tuple[Id, ...] = ()
    why: Why | None = None


def read_passages(data_dir: Path) -> tuple[list[Passage], list[PassageSentence]]:
    """Return all passages and sentences, or raise a ContentError with every problem in them."""
    reader = Reader(data_dir)
    passages: list[Passage] = []
    sentences: list[PassageSentence] = []
    for path in sorted((data_dir / FOLDER).glob("*.yml")):
        content = reader.read(path)
        passages += list(_items(reader, path, content.get("passages") or [], Passage))
        sentences += list(_items(reader, path, content.get("sentences") or [], PassageSentence))
    for passage in passages:
        for claim in passage.claims:
            if claim.words not in passage.text:
                place = data_dir / FOLDER
                reader.note(
                    place, passage.page, f"the words {claim.words[:40]!r} are not in the text", "Copy them exactly"
                )
    if reader.problems:
        raise ContentError(reader.problems)
    return passages, sentences


def is_held_out_page(page: str) -> bool:
    """Return whether a page's passages are among the fifth that is never trained on: they make thresholds and evaluation/sets."""
    return zlib.crc32(page.encode()) % HELD_OUT_OF == 0


def _items(reader: Reader, path: Path, items: list[Any], model: type[Content]) -> Iterator[Any]:
    for item in items:
        built = reader.build_row(path, item, model)
        if built is not None:
            yield built
