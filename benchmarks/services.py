"""Start and stop what is measured: our three processes, and Rasa's starter bot."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 180


@dataclass(frozen=True)
class Running:
    """A running service: its address, how long it took to be ready, and its first process."""

    url: str
    ready_seconds: float
    process: int


def free_port() -> int:
    """Return a port that is free just now."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return different ports that are free just now: all are held until all are found."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@contextmanager
def stemcheck() -> Iterator[Running]:
    """Run `stemcheck run` on free ports with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own, url = service_environment(Path(folder))
        command = [str(Path(sys.executable).parent / "stemcheck"), "run"]
        with running(command, ROOT, {**os.environ, **own}, f"{url}/health/ready", url) as service:
            yield service


def service_environment(folder: Path) -> tuple[dict[str, str], str]:
    """Return what makes a service run on free ports, with database, secret and outbox in `folder`, and its address."""
    names = ("STEMCHECK_PORT", "STEMCHECK_RASA_PORT", "STEMCHECK_ACTIONS_PORT")
    ports = dict(zip(names, map(str, free_ports(len(names))), strict=True))
    own = {
        "STEMCHECK_HOST": "127.0.0.1",
        "STEMCHECK_DATABASE_URL": f"sqlite:///{folder}/stemcheck.db",
        "STEMCHECK_SECRET_FILE": f"{folder}/secret",
        "STEMCHECK_OUTBOX_FOLDER": f"{folder}/outbox",
        "STEMCHECK_RATE_LIMITS": "off",
    }
    return {**ports, **own}, f"http://127.0.0.1:{ports['STEMCHECK_PORT']}"


@contextmanager
def starter_bot(folder: Path) -> Iterator[Running]:
    """Run the bot of `rasa init`, trained in `folder` if it is not there yet, on its REST channel."""
    if not list(folder.glob("models/*.tar.gz")):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
        subprocess.run(
            [sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)], check=True, env=quiet
        )
    (folder / "credentials.yml").write_text("rest:\n")
    port = free_port()
    command = [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port)]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    url = f"http://127.0.0.1:{port}"
    with running(command, folder, environment, f"{url}/webhooks/rest/", url) as bot:
        yield bot


@contextmanager
def running(command: list[str], folder: Path, environment: dict[str, str], ready: str, url: str) -> Iterator[Running]:
    """Run a command in a folder, give it once the address `ready` answers, and end it."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(ready, began, process)
        yield Running(url, time.monotonic() - began, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(address: str, began: float, process: subprocess.Popen[bytes]) -> None:
    while time.monotonic() - began < READY_SECONDS:
        if process.poll() is not None:
            sys.exit(f"{address}: the process ended with {process.returncode} before it was ready")
        try:
            if httpx.get(address, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    sys.exit(f"{address}: not ready after {READY_SECONDS} s")
