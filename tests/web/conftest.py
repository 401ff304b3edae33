"""The web service in this process, with a real database and a Rasa that can be put in trouble."""

import contextlib
import shutil
import threading

import pytest
from starlette.testclient import TestClient

from stemcheck.storage import database
from stemcheck.storage.migrate import migrate
from stemcheck.web.app import create_app
from tests.api_client import ApiClient
from tests.library import LIBRARY
from tests.service import free_ports, new_settings
from tests.web.fake_rasa import fake_rasa


@pytest.fixture
def rasa():
    """A stand-in for Rasa, on a port of its own."""
    with fake_rasa(free_ports(1)[0]) as fake:
        yield fake


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database file with all tables and no rows; a copy of it is quicker than a migration."""
    path = tmp_path_factory.mktemp("migrated") / "stemcheck.db"
    engine = database.create_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def start(rasa, tmp_path, migrated, monkeypatch):
    """A function that starts the service with other settings and returns its HTTP client."""
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.3)
    shutil.copy(migrated, tmp_path / "stemcheck.db")
    with contextlib.ExitStack() as stack:

        def start_service(**changes):
            ports = {"rasa_port": rasa.port, "actions_port": rasa.port}
            settings = new_settings(tmp_path, **{**ports, "reply_seconds": 4, **changes})
            app = create_app(settings, LIBRARY)
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield start_service


@pytest.fixture
def http(start):
    """The HTTP client of a service with the usual settings."""
    return start()


@pytest.fixture
def api(http):
    """A client of the chat API."""
    return ApiClient(http=http)


@pytest.fixture
def conversation(api):
    """A conversation that has just begun."""
    return api.open()


@pytest.fixture
def at_once():
    """A function that calls each of some functions in a thread of its own and returns what they returned, in order."""

    def run(*calls):
        results = [None] * len(calls)

        def work(place, call):
            results[place] = call()

        threads = [threading.Thread(target=work, args=item) for item in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
