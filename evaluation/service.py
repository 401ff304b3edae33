"""A service of one's own for the evaluation: free ports, a temporary database, no limits on rate."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.services import service_environment

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
        own, url = service_environment(Path(folder))
        said = Path(folder) / "said.txt"
        with said.open("w") as output:
            command = [str(Path(sys.executable).with_name("stemcheck")), "run"]
            process = subprocess.Popen(command, env={**os.environ, **own}, stdout=output, stderr=output)
            try:
                _wait(process, url, said)
                yield url
            finally:
                _stop(process)


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
