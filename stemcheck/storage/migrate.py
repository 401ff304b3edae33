"""Bring the database to the newest version of the tables."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 60  # for another process that migrates


def migrate(engine: Engine) -> None:
    """Run the migrations that `engine`'s database has not seen. Several processes may ask at once: one does it, the others wait."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        if (
            MigrationContext.configure(connection).get_current_revision()
            == ScriptDirectory.from_config(config).get_current_head()
        ):
            return
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # the other processes start at the same time, and wait until the tables are made
            connection.execute(sa.text(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}"))
            connection.execute(sa.text("BEGIN IMMEDIATE"))
        else:
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7305)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        # not into the pool: it would go on to wait as long as this
        connection.invalidate()
