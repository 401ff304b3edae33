"""The supervisor with real processes: what died is started again, what dies all the time is given up, the front ends first."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stemcheck.settings import ROOT

pytestmark = pytest.mark.servers

PROGRAM = """
import sys
from honcho.printer import Printer
from stemcheck.cli.starting.supervisor import Supervisor
manager = Supervisor(Printer(sys.stdout, colour=False), front="web")
for name, command in zip(("web", "rasa"), sys.argv[1:], strict=True):
    manager.add_process(name, command)
manager.loop()
print("gave up on", manager.gave_up_on or "nothing", flush=True)
"""
STAYS = "exec sleep 60"


def start(web: str, rasa: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-u", "-c", PROGRAM, web, rasa]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def wait_for(path: Path, lines: int) -> list[str]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = path.read_text().split() if path.is_file() else []
        if len(found) >= lines:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{path} has not {lines} lines")


@pytest.mark.timeout(60)
def test_a_process_that_died_is_started_again_and_the_others_go_on(tmp_path):
    numbers, others = tmp_path / "rasa", tmp_path / "web"
    service = start(f"echo $$ >> {others}; {STAYS}", f"echo $$ >> {numbers}; {STAYS}")
    try:
        first = wait_for(numbers, 1)[0]
        subprocess.run(["kill", "-9", first], check=True)
        again = wait_for(numbers, 2)[1]
    finally:
        service.send_signal(signal.SIGTERM)
        said = service.communicate(timeout=30)[0]

    assert again != first
    assert len(wait_for(others, 1)) == 1
    assert "rasa died; starting it again" in said
    assert "gave up on nothing" in said


@pytest.mark.timeout(60)
def test_a_process_that_dies_all_the_time_is_given_up_and_everything_ends(tmp_path):
    starts = tmp_path / "rasa"
    service = start(STAYS, f"echo x >> {starts}; exit 3")

    said = service.communicate(timeout=50)[0]

    assert "gave up on rasa" in said
    assert len(starts.read_text().split()) == 6
    assert service.returncode == 0


@pytest.mark.timeout(60)
def test_on_a_stop_the_front_ends_before_the_others_are_asked_to(tmp_path):
    order = tmp_path / "order"
    slow = f"trap 'sleep 1; echo web >> {order}; exit 0' TERM; echo up >> {order}; while :; do sleep 0.1; done"
    quick = f"trap 'echo rasa >> {order}; exit 0' TERM; echo up >> {order}; while :; do sleep 0.1; done"
    service = start(slow, quick)
    wait_for(order, 2)

    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=30)

    assert order.read_text().split() == ["up", "up", "web", "rasa"]


@pytest.mark.timeout(60)
def test_what_hangs_on_a_stop_is_ended_by_force(tmp_path):
    order = tmp_path / "order"
    service = start(f"trap '' TERM; echo up >> {order}; while :; do sleep 0.1; done", f"echo up >> {order}; {STAYS}")
    wait_for(order, 2)

    service.send_signal(signal.SIGTERM)

    assert "gave up on nothing" in service.communicate(timeout=40)[0]
