"""`stemcheck import-conversations`: list what a plain Rasa project stored in its table `events`."""

import time

import typer

from stemcheck.settings import load_settings
from stemcheck.storage.database import create_engine
from stemcheck.storage.import_conversations import import_events
from stemcheck.storage.migrate import migrate


def import_conversations(
    source: str = typer.Option("", help="Database address of a plain Rasa project; our own database if not given."),
) -> None:
    """Mask and list conversations that are not in the review console yet; those past the days of retention stay out."""
    settings = load_settings()
    engine = create_engine(settings.database_url)
    migrate(engine)
    other = create_engine(source) if source else None
    number = sum(1 for _ in import_events(engine, other, since=time.time() - settings.retention_days * 86400))
    for used in filter(None, (engine, other)):
        used.dispose()
    typer.echo(f"Imported {number} conversations.")
