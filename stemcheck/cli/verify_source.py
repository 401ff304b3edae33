"""`stemcheck verify-source`: whether a source still says what our facts rest on."""

from pathlib import Path

import typer

from stemcheck.content.library import DATA_DIR, Library, load_library
from stemcheck.content.problems import ContentError
from stemcheck.content.source_check import SourceReport, check_source


def verify_source(
    document: Path = typer.Argument(..., help="The source's text, as a plain text file.", exists=True, dir_okay=False),
    source: str = typer.Option("msif-stem-cells", help="Id of the source in data/sources.yml."),
    data: Path = typer.Option(DATA_DIR, help="Folder of the content.", show_default=False, exists=True),
) -> None:
    """Compare a source's present text with our facts. Exit status 1 if something has changed."""
    library = load(data.resolve())
    if source not in library.sources:
        stop(f"data/sources.yml: {source}: there is no such source. Known are {', '.join(library.sources)}.")
    report = check_source(library.sources[source], library.facts, read_text(document))
    for line in describe(report, library):
        typer.echo(line)
    if not report.is_unchanged:
        raise typer.Exit(1)


def load(data: Path) -> Library:
    """Return the library, or end with its problems."""
    try:
        return load_library(data)
    except ContentError as error:
        stop(str(error))
        raise


def read_text(document: Path) -> str:
    """Return the text of a file, or end with the reason."""
    try:
        return document.read_text("utf-8-sig")
    except UnicodeDecodeError:
        stop(f"{document.name}: this is no text in UTF-8. Save the page as plain text in UTF-8.")
        raise


def stop(message: str) -> None:
    """End with a message and exit status 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def describe(report: SourceReport, library: Library) -> list[str]:
    """Return the report in lines for an editor."""
    lines = [f"Still standing: {len(report.standing)} of {len(report.standing) + len(report.changed)} facts."]
    if report.changed:
        lines.append("Changed or gone, so read these facts again:")
        lines += [f"  {id}: {library.facts[id].statement}" for id in report.changed]
    if report.uncovered:
        lines.append("Sentences that no fact rests on:")
    for new in report.uncovered:
        near = f" (near {', '.join(new.near)})" if new.near else ""
        lines += [f'  "{new.sentence}"{near}', f"    sha256: {new.hash}"]
    return [*lines, *describe_document(report)]


def describe_document(report: SourceReport) -> list[str]:
    """Return what is to be said of the document as a whole."""
    if report.is_unchanged:
        return ["The document is the one we know."]
    untouched = not report.changed and not report.uncovered
    lines = ["No fact is touched, but the order has changed or something is gone."] if untouched else []
    return lines if report.same_document else [*lines, f"sha256 of this document: {report.document_hash}"]
