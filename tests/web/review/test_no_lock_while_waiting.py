"""While the console waits for Rasa or for the network, visitors' messages are stored: no lock is held, in either database."""

import time

import pytest
import sqlalchemy as sa

from stemcheck.conversation.reading import Reading
from stemcheck.settings import Settings
from stemcheck.storage import database
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.users import add_user
from stemcheck.web.app import create_app
from tests.console import change_console
from tests.web.review.person import Person


@pytest.fixture
def engine(database_url, tools, monkeypatch):
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.3)
    engine = create_engine(database_url)
    migrate(engine)
    tools.fill(engine)
    with transaction(engine) as connection:
        add_user(connection, "viewer@example.org", "viewer", tools.password)
    yield engine
    engine.dispose()


@pytest.fixture
def app(engine, tmp_path, library):
    address = engine.url.render_as_string(hide_password=False)
    return create_app(Settings(database_url=address, secret_file=tmp_path / "secret", _env_file=None), library)


@pytest.fixture
def talk(engine, tools):
    """A function that stores a visitor's turn, and says how many transactions wait open meanwhile."""

    def store():
        tools.save(engine, "asked", tools.events_of("And now?", time.time(), number=99))
        if engine.dialect.name == "sqlite":
            return 0
        idle = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        with engine.connect() as connection:
            return connection.execute(sa.text(idle)).scalar()

    return store


def test_a_visitors_turn_is_stored_while_rasa_reads_a_message_again(app, talk):
    waiting = []

    def read(text, metadata):
        waiting.append(talk())
        return Reading(text, (("msc/results", 0.9),)), True

    change_console(app, load_reader=lambda: read)

    page = Person(app, "viewer@example.org").get("/review/replay?id=asked&turn=2")

    assert page.status_code == 200 and waiting == [0]


def test_a_visitors_turn_is_stored_while_the_network_reads_refused_questions(app, talk):
    waiting = []

    class Slow:
        def unread(self, texts):
            return []

        def read(self, texts):
            waiting.append(talk())

        def find(self, texts):
            return None

    change_console(app, vectors=Slow())

    page = Person(app, "viewer@example.org").get("/review/figures")

    assert page.status_code == 200 and waiting == [0]
