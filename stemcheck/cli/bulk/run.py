"""Checks the files of a folder one after the other, and writes the page and the tables when all are done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import typer

from stemcheck.cli.bulk.folder import Targets
from stemcheck.cli.bulk.journal import Entry, Journal, state_of
from stemcheck.cli.bulk.tables import write_claims, write_signs
from stemcheck.cli.checking.files import CheckedFile
from stemcheck.cli.checking.page import Checked, IndexRow, write_page
from stemcheck.content.library import Library
from stemcheck.replies.check_report import compose_report

CheckAll = Callable[[Sequence[str]], Iterable[CheckedFile]]


def check_folder(files: Sequence[Path], targets: Targets, library: Library, check_all: CheckAll) -> bool:
    """Check what is not in the journal yet, and write everything; return whether all files could be read."""
    for target in (targets.page, targets.journal):
        target.parent.mkdir(parents=True, exist_ok=True)
    journal = Journal(targets.journal)
    states = {str(path): state_of(path) for path in files}
    left = [name for name, state in states.items() if not journal.has(name, state)]
    if len(left) < len(states):
        typer.echo(f"{len(states) - len(left):,} of {len(states):,} files were checked before. Going on.", err=True)
    try:
        for file in check_all(left):
            journal.add(_entry(file, states[file.name]))
    except KeyboardInterrupt:
        typer.echo("Broken off. Give the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    return _write_all(journal, states, targets, library)


def _entry(file: CheckedFile, state: str) -> Entry:
    return Entry(file.name, state, file.text, file.claims, file.error, file.notes)


def _write_all(journal: Journal, states: dict[str, str], targets: Targets, library: Library) -> bool:
    def entries() -> Iterator[Entry]:
        # a file that has gone since is in the journal, and no more in the folder
        yield from (entry for entry in journal if entry.name in states)

    good = [entry.name for entry in entries() if not entry.error]
    rows = [_index_row(entry, library) for entry in entries()]
    write_claims(targets.claims, entries(), library)
    write_signs(targets.signs, entries(), library)
    write_page(targets.page, (_checked(entry, library) for entry in entries() if not entry.error), index=rows)
    journal.remove()
    typer.echo(f"{len(good):,} of {len(states):,} files checked: {targets.page}, {targets.claims}", err=True)
    return len(good) == len(states)


def _checked(entry: Entry, library: Library) -> Checked:
    return Checked(entry.name, entry.text, compose_report(library, entry.text, entry.claims), entry.notes)


def _index_row(entry: Entry, library: Library) -> IndexRow:
    if entry.error:
        return IndexRow(entry.name, error=entry.error)
    report = compose_report(library, entry.text, entry.claims)
    flagged = [card for card in report.cards if card["flagged"]]
    labels = tuple(dict.fromkeys(card["label"] for card in flagged))
    return IndexRow(entry.name, len(flagged), len(report.warnings), labels)
