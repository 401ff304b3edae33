"""`stemcheck check-content`: all problems of the content, or the news that there are none."""

from pathlib import Path

import typer

from stemcheck.content.inspection import inspect_content
from stemcheck.settings import load_settings


def check_content(
    data: Path = typer.Option(None, help="Folder of the content; else STEMCHECK_DATA_FOLDER.", exists=True),
) -> None:
    """Check facts, claim types, guidance, replies and examples. Exit status 1 if something is wrong."""
    problems = inspect_content((data or load_settings().data_folder).resolve())
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.", err=True)
        raise typer.Exit(1)
    typer.echo("The content is in order.")
