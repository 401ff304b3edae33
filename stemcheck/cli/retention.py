"""`stemcheck retention`: erase what is older than promised, and finish what could not be erased before."""

import time

import typer

from stemcheck.settings import load_settings
from stemcheck.storage.database import create_engine
from stemcheck.storage.migrate import migrate
from stemcheck.storage.retention import run_retention


def retention(
    days: float = typer.Option(None, help="Days without activity; STEMCHECK_RETENTION_DAYS if not given.", min=0.0),
) -> None:
    """Erase conversations without activity for the days of retention. Run it once a day. Exit status 1 if something is left."""
    settings = load_settings()
    engine = create_engine(settings.database_url)
    migrate(engine)
    report = run_retention(engine, settings.retention_days if days is None else days, time.time())
    engine.dispose()
    typer.echo(f"Erased {report.erased} conversations; finished {report.finished} erasures that had failed before.")
    if report.waiting:
        typer.echo(
            f"{report.waiting} erasures could not be finished. They are tried again with the next run.", err=True
        )
        raise typer.Exit(1)
