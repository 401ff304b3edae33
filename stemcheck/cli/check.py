"""`stemcheck check`: the claims of texts, for people (report, page) or for programs (JSON, JSON Lines)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import typer
from rich.console import Console
from rich.progress import Progress

from stemcheck.claims.spotter import load_explaining_spotter, load_spotter
from stemcheck.cli.bulk.folder import list_files, name_targets
from stemcheck.cli.checking.document_files import reader_of_files
from stemcheck.cli.checking.files import STANDARD_INPUT, CheckedFile, ManyTextsFinder, check_files, open_input
from stemcheck.cli.checking.input_text import BadInput
from stemcheck.cli.checking.stream import check_stream
from stemcheck.cli.checking.terminal import print_report
from stemcheck.content.library import Library, load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.heads import ModelMissing
from stemcheck.replies.claim_cards import check_result
from stemcheck.settings import SettingsError, load_settings

Names = list[str]


def check(
    files: Names = typer.Argument(None, metavar="[FILE…|-]", show_default=False),
    as_json: bool = typer.Option(
        False, "--json", help="Write one JSON object, or a list of them; it says why each claim was found."
    ),
    as_lines: bool = typer.Option(
        False, "--jsonl", help='Read JSON Lines {"id", "text"}, and write one JSON line for each.'
    ),
    html: Path = typer.Option(
        None,
        "--html",
        help="Write a page that stands alone; for a folder also tables (CSV) of its claims and warning signs.",
    ),
) -> None:
    """Find the claims on stem cells and MS in each FILE, or in standard input.

    A FILE is a text, a saved web page, a PDF, a Word file (.docx), a mail (.eml), a photo, or the address of a web page where
    STEMCHECK_FETCH_LINKS is on; of a long one, 30 pages and 40,000 characters are read. With --jsonl it holds a text of up to
    8,000 characters a line. Exit status 1 if an input was bad.
    A folder stands for the files in it: --html OUT FOLDER writes OUT/index.html, OUT/claims.csv and OUT/warning-signs.csv,
    and --html FOLDER alone puts them into FOLDER/stemcheck-report. Broken off, the same command goes on where it stopped.
    """
    if as_json + as_lines + bool(html) > 1:
        raise typer.BadParameter("choose one of --json, --jsonl and --html")
    folders = [Path(name) for name in files or () if Path(name).is_dir()]
    if html and html.is_dir() and not files:
        folders = [html]
    names = [name for name in files or () if not Path(name).is_dir()] or ([] if folders else [STANDARD_INPUT])
    names += [str(path) for folder in folders for path in list_files(folder, leave_out=html)]
    library, finder = _load(load_explaining_spotter if as_json else load_spotter)
    if as_lines:
        is_good = _write_lines(names, library, finder)
    else:
        is_good = _check_each(names, folders, library, finder, as_json=as_json, html=html)
    if not is_good:
        raise typer.Exit(1)


def _check_each(
    names: Names, folders: list[Path], library: Library, finder: ManyTextsFinder, *, as_json: bool, html: Path | None
) -> bool:
    read = reader_of_files(library, fetches_links=load_settings().fetch_links == "on")
    if html and folders:
        from stemcheck.cli.bulk.run import check_folder

        targets = name_targets(html, folders[0])
        paths = [Path(name) for name in names]
        return check_folder(paths, targets, library, lambda left: _Checked(check_files(left, read, finder), len(left)))
    if html and html.is_dir():
        raise typer.BadParameter("--html names a folder: name a page, or give the folder to check")
    checked = _Checked(check_files(names, read, finder), len(names))
    _write(checked, library, as_json=as_json, html=html)
    return not checked.is_bad


class _Checked:
    """The checked files as they come, with a progress bar where it disturbs nothing; remembers whether one was bad."""

    def __init__(self, files: Iterator[CheckedFile], count: int) -> None:
        self._files = files
        self.count = count
        self.is_bad = False

    def __iter__(self) -> Iterator[CheckedFile]:
        console = Console(stderr=True)
        # a bar and reports on one terminal would overwrite each other
        is_hidden = self.count < 2 or not console.is_terminal or typer.get_text_stream("stdout").isatty()
        with Progress(console=console, transient=True, disable=is_hidden, redirect_stdout=False) as bar:
            for file in bar.track(self._files, total=self.count, description="Checking"):
                self.is_bad |= bool(file.error)
                yield file

    def good_ones(self) -> Iterator[CheckedFile]:
        """Yield those that could be checked; complain of the others on standard error."""
        for file in self:
            if file.error:
                _complain(file.name, file.error)
                continue
            for note in file.notes:
                _complain(file.name, note)
            yield file


def _load(load_finder: Callable[[], ManyTextsFinder]) -> tuple[Library, ManyTextsFinder]:
    try:
        return load_library(load_settings().data_folder), load_finder()
    except (ModelMissing, ContentError, SettingsError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _complain(name: str, error: str) -> None:
    typer.echo(f"{'standard input' if name == STANDARD_INPUT else name}: {error}", err=True)


def _write(checked: _Checked, library: Library, *, as_json: bool, html: Path | None) -> None:
    if as_json:
        _write_json(checked, library)
    elif html:
        from stemcheck.cli.checking.page import Checked, write_page

        write_page(
            html, (Checked(file.name, file.text, file.report(library), file.notes) for file in checked.good_ones())
        )
    else:
        console = Console(highlight=False)
        for file in checked.good_ones():
            print_report(console, "Standard input" if file.name == STANDARD_INPUT else file.name, file.report(library))


def _write_json(checked: _Checked, library: Library) -> None:
    several = checked.count > 1
    target = typer.get_binary_stream("stdout")
    for place, file in enumerate(checked):
        before = b"" if not several else b",\n" if place else b"[\n"
        target.write(before + json.dumps(_result(file, library), ensure_ascii=False, indent=1).encode())
    target.write(b"\n]\n" if several else b"\n")


def _result(file: CheckedFile, library: Library) -> dict[str, Any]:
    if file.error:
        return {"id": file.name, "error": file.error}
    notes = {"notes": list(file.notes)} if file.notes else {}
    return {"id": file.name, **check_result(library, file.claims, text=file.text, explained=True), **notes}


def _write_lines(names: Names, library: Library, finder: ManyTextsFinder) -> bool:
    target: BinaryIO = typer.get_binary_stream("stdout")
    is_good = True
    for name in names:
        try:
            with open_input(name) as source:
                is_good &= check_stream(source, target, library, finder)
        except (BadInput, OSError) as problem:
            _complain(name, str(problem))
            is_good = False
    return is_good
