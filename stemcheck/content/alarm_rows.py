"""Messages in other languages that call for a safety card, and calm ones: data/training/alarms, one file a language."""

from pathlib import Path

from stemcheck.content.problems import ContentError
from stemcheck.content.reading import Reader
from stemcheck.content.schema import Content, Text
from stemcheck.content.situation_schema import Degree

FOLDER = Path("training") / "alarms"
NO_CARD = "none"


class AlarmRow(Content):
    """A message with the card that it calls for ("none" for a calm one) and its degree."""

    text: Text
    card: str
    degree: Degree


def read_alarm_rows(data_folder: Path) -> dict[str, list[AlarmRow]]:
    """Return the rows of each language, by its ISO 639-1 code. Raises ContentError with every problem in them."""
    reader, found = Reader(data_folder), {}
    for path in sorted((data_folder / FOLDER).glob("*.yml")):
        built = [reader.build_row(path, row, AlarmRow) for row in reader.read(path).get("messages") or []]
        found[path.stem] = [row for row in built if row is not None]
    if reader.problems:
        raise ContentError(reader.problems)
    return found
