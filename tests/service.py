"""Start and end the real processes: all three by `stemcheck run`, or each by itself to see what happens when one fails."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from stemcheck.cli.run import commands, endpoints_file, environment, log_file
from stemcheck.settings import ROOT, Settings

READY_SECONDS = 120
PROGRAM = Path(sys.executable).parent / "stemcheck"


def model_is_there() -> bool:
    """Return whether a model was trained."""
    return (Settings().models_folder / "stemcheck.tar.gz").is_file()


def free_ports(number: int) -> list[int]:
    """Return ports that nobody has now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def new_settings(folder: Path, **changes: object) -> Settings:
    """Return settings with free ports, and with a database and a secret in `folder`."""
    web, rasa, actions = free_ports(3)
    ports = {"port": web, "rasa_port": rasa, "actions_port": actions}
    stores = {"database_url": f"sqlite:///{folder / 'stemcheck.db'}", "secret_file": folder / "secret"}
    stores["outbox_folder"] = folder / "outbox"
    return Settings(**{**ports, **stores, "rate_limits": "off", **changes})


def as_environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which a process has these settings."""
    values = {name: value for name, value in settings.dict(exclude_unset=True).items() if value is not None}
    ours = {f"STEMCHECK_{name.upper()}": str(value) for name, value in values.items()}
    return {**environment(settings), **ours}


def is_ready(url: str) -> bool:
    """Return whether a message could be answered now."""
    try:
        return httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def wait_until_ready(url: str, process: subprocess.Popen | None = None) -> None:
    """Return when messages are answered; raise when that takes too long or the process has ended."""
    began = time.monotonic()
    while not is_ready(url):
        if process and process.poll() is not None:
            raise RuntimeError(f"the service ended with {process.returncode}")
        if time.monotonic() - began > READY_SECONDS:
            raise RuntimeError(f"{url} was not ready after {READY_SECONDS} s")
        time.sleep(0.2)


@dataclass
class Service:
    """What `stemcheck run` started."""

    settings: Settings
    folder: Path
    process: subprocess.Popen

    @property
    def url(self) -> str:
        """The address of the web service."""
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "stemcheck.db"

    def said(self) -> str:
        """Return what all processes and the command itself have printed."""
        return (ROOT / log_file(self.settings)).read_text("utf-8") + (self.folder / "screen").read_text("utf-8")

    def end(self) -> int:
        """End it as Ctrl-C does, and return the exit status; kill by id what does not end."""
        family = [self.process.pid, *children_of(self.process.pid)]
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=25)
        except subprocess.TimeoutExpired:
            for pid in family:
                if is_alive(pid):
                    os.kill(pid, signal.SIGKILL)
            return self.process.wait(timeout=10)
        finally:
            tidy_up(self.settings, self.folder)


def start_service(settings: Settings, folder: Path) -> Service:
    """Call `stemcheck run` and return at once."""
    screen = (folder / "screen").open("ab")
    process = subprocess.Popen(
        [PROGRAM, "run"], cwd=ROOT, env=as_environment(settings), stdout=screen, stderr=screen, start_new_session=True
    )
    return Service(settings, folder, process)


@contextmanager
def run_service(folder: Path, settings: Settings | None = None) -> Iterator[Service]:
    """Give the three processes, ready, and end them afterwards."""
    running = start_service(settings or new_settings(folder), folder)
    try:
        wait_until_ready(running.url, running.process)
        yield running
    finally:
        if running.process.poll() is None:
            running.end()
        tidy_up(running.settings, folder)


@dataclass
class Processes:
    """The same three processes, each started by itself."""

    settings: Settings
    folder: Path
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the web service."""
        return f"http://127.0.0.1:{self.settings.port}"

    def start(self, *names: str) -> None:
        """Start `web`, `rasa` or `actions` by the command line of `stemcheck run`; return when all three answer."""
        for name in names:
            output = (self.folder / f"{name}.log").open("ab")
            self.running[name] = subprocess.Popen(
                commands(self.settings)[name], cwd=ROOT, env=as_environment(self.settings), stdout=output, stderr=output
            )
        wait_until_ready(self.url)

    def kill(self, name: str) -> None:
        """End a process as a crash does."""
        process = self.running.pop(name)
        process.kill()
        process.wait(timeout=10)

    @contextmanager
    def hanging(self, name: str) -> Iterator[None]:
        """Let a process hang: it keeps its port and answers nothing."""
        self.running[name].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.running[name].send_signal(signal.SIGCONT)

    def end(self) -> None:
        """End all that still run."""
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait(timeout=10)
        tidy_up(self.settings, self.folder)


@contextmanager
def three_processes(folder: Path) -> Iterator[Processes]:
    """Give all three, ready, with a database in `folder`, and end them afterwards; skip the test without a model."""
    if not model_is_there():
        pytest.skip("the model is not built; run `make setup`")
    three = Processes(new_settings(folder), folder)
    try:
        three.start("web", "rasa", "actions")
        yield three
    finally:
        three.end()


def tidy_up(settings: Settings, folder: Path) -> None:
    """Move what a service left under var/ into the test's own folder, where it can be read after a failure."""
    for path in (log_file(settings), endpoints_file(settings)):
        if (ROOT / path).is_file():
            shutil.move(ROOT / path, folder / path.name)


def command_of(pid: int) -> str:
    """Return the command line of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    try:
        found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [grandchild for child in found for grandchild in children_of(child)]


def is_alive(pid: int) -> bool:
    """Return whether a process runs (one that has ended and was not waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def processes_that_know(folder: Path) -> list[int]:
    """Return the processes that were started with something in this folder among their settings."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            knows = str(folder).encode() in entry.read_bytes()
        except OSError:
            continue
        pid = int(entry.parent.name)
        if knows and pid != os.getpid() and is_alive(pid):
            found.append(pid)
    return found
