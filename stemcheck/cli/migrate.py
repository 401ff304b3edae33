"""`stemcheck migrate`: bring the database to the newest tables."""

import typer

from stemcheck.settings import load_settings
from stemcheck.storage import migrate as migrations
from stemcheck.storage.database import create_engine


def migrate() -> None:
    """Make or change the tables. The services do it at their start too; this is for a time of your choice."""
    engine = create_engine(load_settings().database_url)
    migrations.migrate(engine)
    engine.dispose()
    typer.echo("The database has the newest tables.")
