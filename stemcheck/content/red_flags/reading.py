"""Reads data/red-flags, and says which of its patterns cannot be used."""

from collections.abc import Iterator, Mapping

from stemcheck.content.linear_pattern import find_refused
from stemcheck.content.problems import Problem
from stemcheck.content.reading import Reader
from stemcheck.content.red_flags.schema import RedFlag

FOLDER = "red-flags"
VOICE = "warning-voice.yml"


def read_red_flags(reader: Reader) -> dict[str, RedFlag]:
    """Return the red flags, one from each file; the file is named as its id. All of them share the voice that warns."""
    paths = sorted((reader.data_dir / FOLDER).glob("*.yml"))
    voice = reader.read(reader.data_dir / "lexicon" / VOICE) if paths else {}
    shared = {"warned": voice.get("sentences") or (), "headings": voice.get("headings") or ()}
    found = {}
    for path in paths:
        content = reader.read(path)
        flag = reader.build(path, content, "red_flags", RedFlag, **shared) if content else None
        if flag is None:
            continue
        if flag.id != path.stem:
            reader.note(path, flag.id, "the id differs from the file's name", "Rename one of them")
        found[flag.id] = flag
    return found


def find_refused_flags(red_flags: Mapping[str, RedFlag]) -> Iterator[Problem]:
    """Yield a problem for every pattern that is no regular expression, or none that is read in linear time."""
    for flag in red_flags.values():
        yield from find_refused(f"data/{FOLDER}/{flag.id}.yml", flag.id, (*flag.patterns, *flag.harmless))
    for flag in list(red_flags.values())[:1]:  # the voice is the same for all
        yield from find_refused(f"data/lexicon/{VOICE}", "warning-voice", (*flag.warned, *flag.headings))
