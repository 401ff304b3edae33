"""A migrated database of each kind, and a visitor who talks through the tracker store."""

import pytest

from stemcheck.settings import load_settings
from stemcheck.storage import database
from stemcheck.storage.migrate import migrate
from stemcheck.storage.store import Store


@pytest.fixture(autouse=True)
def own_outbox(tmp_path, monkeypatch):
    monkeypatch.setenv("STEMCHECK_OUTBOX_FOLDER", str(tmp_path / "outbox"))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def engine(database_url, monkeypatch):
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.3)
    made = database.create_engine(database_url)
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine):
    return Store(engine)


@pytest.fixture
def conversation_id(store):
    """A conversation that the web service has begun."""
    store.open("c-1", now=1000.0, expires_at=2000.0, greetings=[{"id": "g-1", "kind": "smalltalk", "text": "Hello"}])
    return "c-1"
