"""`stemcheck run` as an operator sees it: one command, clear words, nothing left behind."""

import shutil
import socket
import subprocess
import time

import pytest

from stemcheck.cli.starting.model_files import ARCHIVE
from stemcheck.model.base_weights import TOKENIZER
from stemcheck.model.encoder_build import ENCODER, STAMP
from stemcheck.model.inference import BUILT, SHIPPED
from stemcheck.settings import ROOT, Settings
from tests.api_client import ApiClient
from tests.service import (
    PROGRAM,
    as_environment,
    children_of,
    command_of,
    free_ports,
    is_alive,
    is_ready,
    model_is_there,
    new_settings,
    processes_that_know,
    run_service,
    start_service,
    wait_until_ready,
)

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


@pytest.mark.model
def test_restart_keeps_transcripts_and_ctrl_c_ends_all_processes(tmp_path):
    settings = new_settings(tmp_path)
    with run_service(tmp_path, settings) as first:
        with ApiClient(first.url) as client:
            conversation = client.open()
            reply = conversation.say("What is a stem cell?", "a")
            before = conversation.transcript()
            assert reply[0]["kind"] == "answer"
        family = children_of(first.process.pid)
        status = first.end()

    assert status == 0
    assert len(family) >= 3
    assert not [pid for pid in family if is_alive(pid)]
    with run_service(tmp_path, settings) as second, ApiClient(second.url) as client:
        again = client.again(conversation)

        assert again.transcript() == before
        assert again.say("What is a stem cell?", "a") == reply
        (more,) = again.say("Say that in fewer words")
        assert more["facts"] and set(more["facts"]) <= set(reply[0]["facts"])  # what was talked about is still known


@pytest.mark.model
@pytest.mark.parametrize("wanted", [1, 2, 3, 5, 9])
def test_ctrl_c_while_starting_ends_all_processes(tmp_path, wanted):
    service = start_service(new_settings(tmp_path), tmp_path)
    while len(children_of(service.process.pid)) < wanted and service.process.poll() is None:
        time.sleep(0.005)

    status = service.end()

    assert status == 0
    assert processes_that_know(tmp_path) == []
    assert "Traceback" not in (tmp_path / "screen").read_text()


@pytest.mark.model
@pytest.mark.parametrize("module", ["uvicorn", "rasa", "rasa_sdk"])
def test_a_process_that_is_killed_is_started_again_by_itself(tmp_path, module):
    with run_service(tmp_path) as service, ApiClient(service.url) as client:
        conversation = client.open()
        assert conversation.say("What is a stem cell?", "a")[0]["kind"] == "answer"
        number = next(pid for pid in children_of(service.process.pid) if f"-m {module} " in command_of(pid))

        subprocess.run(["kill", "-9", str(number)], check=True)
        time.sleep(1)  # the supervisor looks ten times a second
        wait_until_ready(service.url, service.process)

        (reply,) = client.again(conversation).say("Say that in fewer words", "b")
        assert reply["kind"] == "answer"
        assert service.process.poll() is None


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_taken_port_gives_one_clear_line(tmp_path, name):
    (port,) = free_ports(1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = run_to_the_end(new_settings(tmp_path, **{name: port}))

    assert done.returncode == 1
    said = f"Port {port} is taken. End the program that has it, or set STEMCHECK_{name.upper()} to a free port."
    assert done.stderr.strip() == said


def test_missing_model_gives_one_clear_line(tmp_path):
    done = run_to_the_end(new_settings(tmp_path, models_folder=tmp_path))

    assert (done.returncode, done.stderr.strip()) == (1, "The model is not built yet. Run `make setup`.")


@pytest.mark.model
def test_half_copied_model_gives_one_clear_line(tmp_path):
    models = tmp_path / "models"
    shutil.copytree(Settings().models_folder / SHIPPED, models / SHIPPED)
    (models / BUILT).mkdir()
    for name in (ENCODER, TOKENIZER, STAMP):
        (models / BUILT / name).write_text("cut off")
    shutil.copy(Settings().models_folder / ARCHIVE, models / ARCHIVE)

    done = run_to_the_end(new_settings(tmp_path, models_folder=models))

    said = f"{models / BUILT} is damaged, or was made from other files or by another onnxruntime. Run `make setup`."
    assert (done.returncode, done.stderr.strip()) == (1, said)


def test_wrong_setting_gives_one_clear_line(tmp_path):
    environment = {**as_environment(new_settings(tmp_path)), "STEMCHECK_PORT": "eighty"}

    done = subprocess.run([PROGRAM, "run"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert done.stderr.startswith("STEMCHECK_PORT: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.model
def test_addresses_are_printed_when_all_is_ready(service):
    began = time.monotonic()
    while "Demo page" not in service.said() and time.monotonic() - began < 10:
        time.sleep(0.1)

    said = service.said()

    assert "Ready after" in said
    assert f"http://127.0.0.1:{service.settings.port}/" in said


@pytest.mark.model
def test_rasa_and_action_server_listen_on_loopback_alone(service):
    listening = (ROOT / "/proc/net/tcp").read_text() + (ROOT / "/proc/net/tcp6").read_text()
    rows = [line.split() for line in listening.splitlines() if " 0A " in line]
    ports = {f"{service.settings.rasa_port:04X}", f"{service.settings.actions_port:04X}"}

    addresses = {row[1].split(":")[0] for row in rows if row[1].split(":")[1] in ports}

    assert addresses == {"0100007F"}


def run_to_the_end(settings):
    command = [PROGRAM, "run"]
    return subprocess.run(command, cwd=ROOT, env=as_environment(settings), capture_output=True, text=True, timeout=60)


def test_two_services_may_run_beside_each_other(tmp_path):
    if not model_is_there():
        pytest.skip("the model is not built; run `make setup`")
    folders = [tmp_path / name for name in ("one", "two")]
    services = []
    try:
        for folder in folders:
            folder.mkdir()
            services.append(start_service(new_settings(folder), folder))
        for service in services:
            wait_until_ready(service.url, service.process)
        for service in services:
            with ApiClient(service.url) as client:
                assert client.open().say("What is a stem cell?")[0]["kind"] == "answer"
        services.pop(0).end()
        assert is_ready(services[0].url)
    finally:
        for service in services:
            service.end()
