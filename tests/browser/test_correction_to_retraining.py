"""The whole way of a correction: queue, conversation, correction, export, a working copy, a refit, the difference."""

import shutil
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from stemcheck.content.library import DATA_DIR
from stemcheck.model.inference import BUILT, REFIT
from stemcheck.settings import ROOT, Settings
from stemcheck.storage.conversations import count_turns
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.users import add_user
from stemcheck.storage.write_turn import insert_events
from tests.library import LIBRARY
from tests.service import PROGRAM, as_environment, new_settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

PASSWORD = "a long enough password"
TEXT = "Is that an arm and a leg?"
TAKEN_FOR, MEANT = "msc/mesems", "money/what-does-it-cost"
MEANT_FILE = "data/situations/money/what-does-it-cost.yml"


@pytest.fixture
def settings(tmp_path):
    """A working copy of the content, models of its own, and nobody who answers as Rasa: the model reads in the console."""
    if not (Settings().models_folder / BUILT).is_dir():
        pytest.skip("the model is not set up; run `make setup`")
    shutil.copytree(DATA_DIR, tmp_path / "copy" / "data")
    (tmp_path / "models").mkdir()
    for path in Settings().models_folder.resolve().iterdir():
        if path.name != REFIT:
            (tmp_path / "models" / path.name).symlink_to(path)
    more = {"data_folder": tmp_path / "copy" / "data", "models_folder": tmp_path / "models"}
    made = new_settings(tmp_path, **more)
    engine = create_engine(made.database_url)
    migrate(engine)
    reading = {"situations": [{"id": TAKEN_FOR, "probability": 0.21}]}
    parsed = {"intent": {"name": "msc", "confidence": 0.21}, "reading": reading, "claims": [], "possible_claims": []}
    reply = {"kind": "answer", "text": "MESEMS is a trial.", "facts": ["mesems"], "claims": []}
    at = time.time() - 600
    happened = [
        {"event": "user", "text": TEXT, "timestamp": at, "input_channel": "rest", "parse_data": parsed},
        {"event": "bot", "text": reply["text"], "timestamp": at + 1, "data": {"custom": reply}},
    ]
    with transaction(engine) as connection:
        insert_events(connection, "first", happened)
        count_turns(connection, "first", happened, {})
        add_user(connection, "ana", "reviewer", PASSWORD)
    engine.dispose()
    return made


def run(settings, *command):
    """Run a command with these settings; return what it printed."""
    done = subprocess.run(command, cwd=ROOT, env=as_environment(settings), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@contextmanager
def web(settings):
    """Give the address of a web service of its own process."""
    address = f"http://127.0.0.1:{settings.port}"
    command = [sys.executable, "-m", "uvicorn", "--factory", "stemcheck.web.app:create_app", "--ws", "none"]
    process = subprocess.Popen(
        [*command, "--port", str(settings.port), "--log-level", "warning"], cwd=ROOT, env=as_environment(settings)
    )
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address, process):
    began = time.monotonic()
    while time.monotonic() - began < 120 and process.poll() is None:
        try:
            httpx.get(f"{address}/health/live", trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the web service did not start")


def open_message(page):
    """Go from the queue to the conversation."""
    page.goto("/review/?queue=unsure")
    page.get_by_role("link", name=TEXT).click()
    page.get_by_role("heading", name="Conversation", exact=True).wait_for()


def situation_today(page):
    """Return what the page of differences says of the situation: then and now."""
    page.get_by_role("link", name="What would it answer today?").click()
    cells = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Situation")).get_by_role("cell")
    return [cells.nth(place).inner_text() for place in (0, 1)]


def test_a_correction_changes_what_is_answered(chromium, settings):
    library = LIBRARY
    taken_for, meant = (library.situations[id].title for id in (TAKEN_FOR, MEANT))
    context = chromium.new_context(base_url=f"http://127.0.0.1:{settings.port}", java_script_enabled=False)
    context.set_default_timeout(60_000)
    page = context.new_page()
    try:
        with web(settings):
            page.goto("/review/")
            page.get_by_label("Name").fill("ana")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("heading", name="Queue", exact=True).wait_for()
            open_message(page)
            then, now = situation_today(page)
            assert then == taken_for and now != meant

            open_message(page)
            page.get_by_role("link", name="Correct …").click()
            page.get_by_label("No claim: the visitor wants or tells something").check()
            page.get_by_label("What does the visitor come with?").fill(meant)
            page.get_by_role("button", name="Training example").click()
            page.get_by_role("button", name="Save").click()
            expect(page.get_by_role("status")).to_contain_text("The correction is collected.")
            page.get_by_role("link", name="Corrections").click()
            with page.expect_download() as download:
                page.get_by_role("link", name="ZIP").click()
            packed = zipfile.ZipFile(download.value.path())
            assert any(TEXT in packed.read(name).decode() for name in packed.namelist())

        changed = run(
            settings, str(PROGRAM), "export", "corrections", "--apply", "--root", str(settings.data_folder.parent)
        )
        assert changed.split() == [MEANT_FILE]
        assert f'- "{TEXT}"\n' in (settings.data_folder.parent / MEANT_FILE).read_text()
        run(settings, str(PROGRAM), "refit")

        with web(settings):
            open_message(page)
            assert situation_today(page) == [taken_for, meant]
            expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Situation"))).to_contain_text(
                "different"
            )
    finally:
        context.close()
