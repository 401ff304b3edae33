"""The labelled whole texts of data/texts: adverts and stories that speak for their claims, and texts that only look like them."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from stemcheck.content.examples import describe
from stemcheck.content.problems import ContentError
from stemcheck.content.reading import Reader
from stemcheck.content.schema import Content

Kind = Literal["offer", "story", "report", "warning", "other-subject", "study", "newsletter"]
REMEDY = "Give it kind, flagged and text as the others have them"


class WholeText(Content):
    """A text as somebody might paste it; `flagged` if a claim of a flagged type is asserted or reported in it."""

    kind: Kind
    flagged: bool
    text: str = Field(..., min_length=1)


def load_texts(data_dir: Path) -> list[WholeText]:
    """Return all texts below data/texts, or raise a ContentError with every problem in them."""
    reader = Reader(data_dir)
    texts = [
        text
        for path in sorted((data_dir / "texts").glob("*.yml"))
        for number, item in enumerate(reader.read(path).get("texts") or [], start=1)
        if (text := _read(reader, path, number, item))
    ]
    if reader.problems:
        raise ContentError(reader.problems)
    return texts


def _read(reader: Reader, path: Path, number: int, item: Any) -> WholeText | None:
    try:
        return WholeText(**item)
    except (ValidationError, TypeError) as error:
        reader.note(path, f"text {number}", describe(error), REMEDY)
        return None
