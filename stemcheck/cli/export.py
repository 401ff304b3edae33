"""`stemcheck export`: corrections of reviewers as files, or written into this working copy."""

import time
from pathlib import Path

import typer

from stemcheck.content.correction_apply import ApplyError, apply_corrections
from stemcheck.content.correction_files import render_files
from stemcheck.settings import ROOT, load_settings
from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.review_corrections import list_corrections, mark_applied
from stemcheck.storage.sql import Connection


def export(
    what: str = typer.Argument(..., help="What to export: corrections."),
    apply: bool = typer.Option(
        False, "--apply", help="Write them into the working copy, and remember that it was done."
    ),
    to: Path = typer.Option(Path("corrections"), help="Folder for the files.", file_okay=False),
    root: Path = typer.Option(ROOT, help="The working copy.", show_default=False, exists=True, file_okay=False),
) -> None:
    """Export the corrections that are not applied yet. After --apply, `make refit evaluate` shows what they changed."""
    if what != "corrections":
        typer.echo("Only corrections can be exported here; conversations are exported in the review console.", err=True)
        raise typer.Exit(2)
    engine = create_engine(load_settings().database_url)
    migrate(engine)
    try:
        with transaction(engine) as connection:
            names = _apply(connection, root.resolve()) if apply else _write(connection, to)
    except ApplyError as problem:
        typer.echo(f"Nothing was changed. {problem}", err=True)
        raise typer.Exit(1) from None
    finally:
        engine.dispose()
    typer.echo("\n".join(names) if names else "There is nothing to export.")


def _write(connection: Connection, folder: Path) -> list[str]:
    files = render_files(list_corrections(connection, only_new=True))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_audit(connection, "(command line)", "export", what="corrections")
    return [str(folder / name) for name in files]


def _apply(connection: Connection, root: Path) -> list[str]:
    found = list_corrections(connection, only_new=True)
    names = apply_corrections(root, found) if found else []
    mark_applied(connection, [item["id"] for item in found], time.time())
    write_audit(connection, "(command line)", "apply", number=len(found))
    return names
