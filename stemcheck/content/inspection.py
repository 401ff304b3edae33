"""Everything an editor should be told about data/ before it goes live."""

from collections.abc import Callable, Iterator
from pathlib import Path

from stemcheck.content.examples import load_examples
from stemcheck.content.library import Library, problems_in, read_library
from stemcheck.content.linear_pattern import find_refused
from stemcheck.content.passages import read_passages
from stemcheck.content.problems import ContentError, Problem
from stemcheck.content.reading import Reader
from stemcheck.content.red_flags.reading import find_refused_flags
from stemcheck.content.safety_rule import find_refused_signs
from stemcheck.content.texts import load_texts


def inspect_content(data_dir: Path) -> list[Problem]:
    """Return every problem in the content, the training examples, texts and passages."""
    reader = Reader(data_dir)
    library = read_library(reader)
    return [
        *problems_in(reader, library),
        *problems_of(load_examples, data_dir),
        *problems_of(load_texts, data_dir),
        *problems_of(read_passages, data_dir),
        *find_broken_patterns(library),
    ]


def problems_of(load: Callable[[Path], object], data_dir: Path) -> tuple[Problem, ...]:
    """Return what a loader complains of."""
    try:
        load(data_dir)
    except ContentError as error:
        return error.problems
    return ()


def find_broken_patterns(library: Library) -> Iterator[Problem]:
    """Yield a problem for every pattern that is no regular expression, or none that is read in linear time."""
    for card in library.safety.values():
        yield from find_refused_signs(card)
    for silence in library.silences.values():
        file = library.files["silences", silence.id]
        yield from find_refused(file, silence.id, (*silence.patterns, *silence.harmless))
    yield from find_refused_flags(library.red_flags)
