"""What all tests share: the three real processes, a client of the chat API, a real PostgreSQL, and no skips in CI."""

import os
import pickle
import subprocess
from functools import lru_cache

import pytest

from stemcheck.content import reading
from stemcheck.model.encoder_build import ENCODER
from stemcheck.model.heads import HEADS
from stemcheck.model.inference import BUILT, load_model, models_folder
from tests.api_client import ApiClient
from tests.postgresql import find_programs, start_postgresql
from tests.service import model_is_there, run_service, three_processes

NO_SKIPS = "STEMCHECK_NO_SKIPS"


def pytest_configure():
    """Of some hundred copies of the content, each text is parsed once; every reader gets a copy of its own."""
    parse = reading.parse
    parsed = lru_cache(maxsize=None)(lambda content: pickle.dumps(parse(content)))
    reading.parse = lambda content: pickle.loads(parsed(content))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """With STEMCHECK_NO_SKIPS set, a test that is skipped has failed: in CI everything that it needs is there."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get(NO_SKIPS) and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which {NO_SKIPS} forbids: {report.longrepr[-1]}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report():
    """The same for a whole file that is skipped while it is read."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get(NO_SKIPS) and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which {NO_SKIPS} forbids: {report.longrepr[-1]}"


def pytest_make_parametrize_id(val, argname):
    """Name a file's bytes by the first of them: some hold the time at which they were made, and two workers need the same names."""
    return f"{argname}-{val[:4]!r}" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def model():
    """The real model of models/: encoder and heads."""
    folder = models_folder()
    if not (folder / BUILT / ENCODER).is_file() or not (folder / HEADS).is_file():
        pytest.skip("there is no built model; run `make setup`")
    return load_model()


@pytest.fixture(scope="session")
def message_reader(model):
    """The reader of messages as the pipeline has it, with the real model."""
    from stemcheck.nlu.message_parser import load_reader

    return load_reader()


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """`stemcheck run` as an operator starts it, on free ports, with a database and a secret of its own."""
    if not model_is_there():
        pytest.skip("the model is not built; run `make setup`")
    with run_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="session")
def service_url(service):
    """The address of the web service in front of the real Rasa and action server."""
    return service.url


@pytest.fixture(scope="session")
def processes(tmp_path_factory):
    """The same three processes, each started by itself so that one can be killed or made to hang; with a database of their own."""
    with three_processes(tmp_path_factory.mktemp("processes")) as running:
        yield running


@pytest.fixture
def api(service_url):
    """A client of the chat API."""
    with ApiClient(service_url) as client:
        yield client


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server of our own; its `empty_database()` returns the address of an empty database."""
    if not find_programs():
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    with start_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database_url(request, tmp_path):
    """The address of an empty database, of each kind in its turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'stemcheck.db'}"
    return request.getfixturevalue("postgresql").empty_database()


@pytest.fixture
def children():
    """A list for processes that a test starts; those still running at its end are ended, the test failed or not."""
    started: list[subprocess.Popen] = []
    yield started
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=10)
