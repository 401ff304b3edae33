"""A service of one's own for the evaluation: free ports, a temporary database, no limits on rate."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

START_SECONDS = 180
STOP_SECONDS = 20


class ServiceFailed(RuntimeError):
    """The service did not start; the message says what it said last."""


def is_reachable(url: str) -> bool:
    """Tell whether a service answers there and is ready."""
    try:
        return httpx.get(f"{url}/health/ready", timeout=3, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def run_service() -> Iterator[str]:
    """Start `stemcheck run`, give its address once it is ready, and stop it. Raises ServiceFailed."""
    with tempfile.TemporaryDirectory() as folder:
        port, rasa, actions = _free_ports(3)
        environment = {
            **os.environ,
            "STEMCHECK_HOST": "127.0.0.1",
            "STEMCHECK_PORT": str(port),
            "STEMCHECK_RASA_PORT": str(rasa),
            "STEMCHECK_ACTIONS_PORT": str(actions),
            "STEMCHECK_DATABASE_URL": f"sqlite:///{folder}/evaluation.db",
            "STEMCHECK_SECRET_FILE": f"{folder}/secret",
            "STEMCHECK_RATE_LIMITS": "off",
        }
        said = Path(folder) / "said.txt"
        with said.open("w") as output:
            command = [str(Path(sys.executable).with_name("stemcheck")), "run"]
            process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
            try:
                url = f"http://127.0.0.1:{port}"
                _wait(process, url, said)
                yield url
            finally:
                _stop(process)


def _free_ports(count: int) -> list[int]:
    # all are held until all are found, else one could be given twice
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _wait(process: subprocess.Popen[bytes], url: str, said: Path) -> None:
    began = time.monotonic()
    while not is_reachable(url):
        if process.poll() is not None or time.monotonic() - began > START_SECONDS:
            raise ServiceFailed(f"The service did not start: {said.read_text()[-1500:]}")
        time.sleep(0.5)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
