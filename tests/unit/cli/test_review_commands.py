"""users, migrate, retention, import-conversations and export, as an operator runs them."""

import json
import shutil
import time

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from stemcheck.cli.main import app
from stemcheck.content.library import DATA_DIR
from stemcheck.settings import load_settings
from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.review_corrections import add_correction, list_corrections
from stemcheck.storage.tables import conversations, events

pytestmark = pytest.mark.slow

RUNNER = CliRunner()
PASSWORD = "a long enough password\n"


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setenv("STEMCHECK_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    load_settings.cache_clear()
    assert run("migrate").exit_code == 0
    found = create_engine(load_settings().database_url)
    yield found
    found.dispose()
    load_settings.cache_clear()


def run(*words, input=None):
    return RUNNER.invoke(app, list(words), input=input)


def test_the_first_admin_is_added_with_a_password_from_standard_input(engine):
    assert run("users", "add", "Ana", "--role", "admin", input=PASSWORD).exit_code == 0

    assert run("users", "list").output.split() == ["ana", "admin", "active"]


def test_a_weak_password_and_an_unknown_role_are_refused(engine):
    assert run("users", "add", "ana", input="short\n").exit_code == 2
    assert run("users", "add", "ana", "--role", "owner", input=PASSWORD).exit_code == 2


def test_the_last_admin_cannot_be_disabled(engine):
    run("users", "add", "ana", "--role", "admin", input=PASSWORD)

    assert run("users", "disable", "ana").exit_code == 2


def test_retention_erases_and_says_how_many(engine):
    with transaction(engine) as connection:
        for id, at in (("old", 1.0), ("young", time.time())):
            count_turns(connection, id, [{"event": "user", "text": "x", "timestamp": at, "input_channel": "rest"}], {})

    result = run("retention", "--days", "30")

    assert result.exit_code == 0 and "Erased 1 conversations" in result.output
    with engine.connect() as connection:
        assert list(connection.execute(sa.select(conversations.c.id)).scalars()) == ["young"]


def test_events_of_rasa_are_imported(engine):
    data = json.dumps({"event": "user", "text": "hi", "timestamp": time.time(), "input_channel": "telegram"})
    with transaction(engine) as connection:
        connection.execute(sa.insert(events).values(sender_id="t", type_name="user", timestamp=time.time(), data=data))

    assert "Imported 1 conversations" in run("import-conversations").output


def test_corrections_are_exported_then_applied_once(engine, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(DATA_DIR, root / "data")
    with transaction(engine) as connection:
        add_correction(
            connection,
            "a",
            1,
            "training",
            {"text": "Hi all of you", "claims": [], "situation": "small-talk/greet"},
            "ana",
        )

    assert "nlu.yml" in run("export", "corrections", "--to", str(tmp_path / "files")).output
    assert "data/situations/small-talk/greet.yml" in run("export", "corrections", "--apply", "--root", str(root)).output

    assert '- "Hi all of you"\n' in (root / "data/situations/small-talk/greet.yml").read_text()
    with engine.connect() as connection:
        assert list_corrections(connection, only_new=True) == []
    assert "nothing to export" in run("export", "corrections", "--apply", "--root", str(root)).output


def test_what_cannot_be_applied_changes_nothing_and_is_still_waiting(engine, tmp_path):
    shutil.copytree(DATA_DIR, tmp_path / "copy" / "data")
    with transaction(engine) as connection:
        add_correction(
            connection, "a", 1, "training", {"text": "Hi", "claims": [], "situation": "small-talk/gone"}, "ana"
        )

    result = run("export", "corrections", "--apply", "--root", str(tmp_path / "copy"))

    assert result.exit_code == 1
    with engine.connect() as connection:
        assert len(list_corrections(connection, only_new=True)) == 1
