"""The connection: opened by several processes at the same moment, kept, and given up when an answer takes too long."""

import time

import pytest
import sqlalchemy as sa

from stemcheck.storage.database import LOCK_SECONDS, create_engine
from stemcheck.storage.migrate import migrate
from tests.unit.storage.test_store import at_once


def open_and_close(url):
    engine = create_engine(url)
    with engine.connect():
        pass
    engine.dispose()


def test_new_file_may_be_opened_by_many_at_the_same_moment(tmp_path):
    for number in range(30):
        url = f"sqlite:///{tmp_path}/{number}.db"

        assert at_once(8, lambda url=url: open_and_close(url)) == [None] * 8


def test_a_connection_is_kept_for_the_next_call(tmp_path):
    engine, opened = create_engine(f"sqlite:///{tmp_path / 'kept.db'}"), []
    sa.event.listen(engine, "connect", lambda *_: opened.append(1))

    for _ in range(3):
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS t (x)")

    assert len(opened) == 1
    engine.dispose()


def test_after_a_migration_nobody_waits_as_long_as_it_did(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")

    migrate(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == LOCK_SECONDS * 1000
    engine.dispose()


def test_a_statement_that_takes_too_long_is_given_up(postgresql):
    engine = create_engine(postgresql.empty_database(), statement_seconds=0.3)
    began = time.monotonic()

    with pytest.raises(sa.exc.OperationalError, match="statement timeout"), engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(20)")

    assert time.monotonic() - began < 10
    engine.dispose()


def test_what_no_visitor_waits_for_may_take_longer(postgresql):
    engine = create_engine(postgresql.empty_database())

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "0"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "3s"
    engine.dispose()
