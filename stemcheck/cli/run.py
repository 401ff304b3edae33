"""`stemcheck run`: start web service, Rasa and action server, wait until they answer, end them together."""

import os
import shlex
import signal
import sys
import threading
import time
from pathlib import Path

import httpx
import typer
from honcho.printer import Printer
from rich.console import Console

from stemcheck.cli.starting.start_check import StartError, check_start, why_it_ended
from stemcheck.cli.starting.supervisor import MAX_RESTARTS, WITHIN_SECONDS, Supervisor
from stemcheck.model.encoder_build import EncoderError
from stemcheck.settings import ROOT, Settings, SettingsError, load_settings

WAIT_SECONDS = 180
LAST_LINES = 15
LAST_REPLIES_SECONDS = 10  # that the web service has for replies under way when it is asked to end
STOPPED = {0, -signal.SIGINT, -signal.SIGTERM, 128 + signal.SIGINT, 128 + signal.SIGTERM}


def log_file(settings: Settings) -> Path:
    """Return where the processes' output goes; named by the port, so that two services on one machine keep apart."""
    return Path("var") / "log" / f"stemcheck-{settings.port}.log"


def endpoints_file(settings: Settings) -> Path:
    """Return the copy of endpoints.yml that Rasa reads."""
    return Path("var") / f"endpoints-{settings.rasa_port}.yml"


def run() -> None:
    """Start all three processes and print their addresses; one that dies is started again; Ctrl-C ends them."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        settings = load_settings()
        check_start(settings)
    except (SettingsError, StartError, EncoderError) as problem:
        console.print(str(problem), style="red")
        raise typer.Exit(1) from None
    path = ROOT / log_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as log:
        manager = Supervisor(Printer(log, colour=False), front="web")
        for name, command in commands(settings).items():
            manager.add_process(name, shlex.join(command), env=environment(settings), cwd=str(ROOT))
        threading.Thread(target=_tell_when_ready, args=(console, settings), daemon=True).start()
        manager.loop()
    if manager.returncode not in STOPPED:
        _tell_why_it_ended(console, settings, manager, path)
        raise typer.Exit(1)


def _tell_why_it_ended(console: Console, settings: Settings, manager: Supervisor, log: Path) -> None:
    if reason := why_it_ended(settings):
        console.print(reason, style="red")
        return
    times = f"{manager.gave_up_on} died more than {MAX_RESTARTS} times in {WITHIN_SECONDS:.0f} s, so all were ended"
    died = times if manager.gave_up_on else "A process ended"
    console.print(f"{died}; the last words stand in {log_file(settings)}:", style="red")
    console.print("".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[-LAST_LINES:]), markup=False)


def commands(settings: Settings) -> dict[str, list[str]]:
    """Return the command line of each process, by its name."""
    python = [sys.executable, "-m"]
    web = [
        "uvicorn",
        "--factory",
        "stemcheck.web.app:create_app",
        "--host",
        settings.host,
        "--port",
        str(settings.port),
    ]
    # ws none: uvicorn's WebSocket code wants a newer library than Rasa allows, and nothing here uses it
    web += [
        "--ws",
        "none",
        "--no-access-log",
        "--log-level",
        "warning",
        "--timeout-graceful-shutdown",
        str(LAST_REPLIES_SECONDS),
        "--forwarded-allow-ips",
        settings.trusted_proxies,
    ]
    model, endpoints = str(settings.models_folder / "stemcheck.tar.gz"), str(write_endpoints(settings))
    rasa = [
        "rasa",
        "run",
        "-i",
        "127.0.0.1",
        "-p",
        str(settings.rasa_port),
        "-m",
        model,
        "--endpoints",
        endpoints,
        "--credentials",
        "credentials.yml",
    ]
    actions = ["rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)]
    return {"web": python + web, "rasa": python + rasa, "actions": python + actions}


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the processes: no telemetry, the action server on loopback, no idle threads, TensorFlow quiet."""
    fixed = {
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_HOST": "127.0.0.1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
        "OPENBLAS_NUM_THREADS": "1",  # its second thread waits in a loop, and takes a fifth of all processor time
        "MPLCONFIGDIR": str(ROOT / "var" / "matplotlib"),
    }
    return {**os.environ, **fixed}


def write_endpoints(settings: Settings) -> Path:
    """Return a copy of endpoints.yml with the action server's port as it is set."""
    text = (
        (ROOT / "endpoints.yml")
        .read_text(encoding="utf-8")
        .replace("127.0.0.1:5055", f"127.0.0.1:{settings.actions_port}")
    )
    path = ROOT / endpoints_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return endpoints_file(settings)


def _tell_when_ready(console: Console, settings: Settings) -> None:
    url = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"  # noqa: S104
    began = time.monotonic()
    if not _wait(console, url, began):
        console.print(f"Still not ready after {WAIT_SECONDS} s; {log_file(settings)} says more.", style="red")
        return
    console.print(f"Ready after {time.monotonic() - began:.0f} s. Press Ctrl-C to stop.\n")
    addresses = {"Demo page": "/", "Widget": "/widget.js", "Review": "/review", "API": "/openapi.json"}
    for name, path in addresses.items():
        console.print(f"  {name:<10} {url}{path}")


def _wait(console: Console, url: str, began: float) -> bool:
    with console.status("Starting Rasa, the action server and the web service …"):
        while time.monotonic() - began < WAIT_SECONDS:
            try:
                if httpx.get(f"{url}/health/ready", timeout=3, trust_env=False).status_code == 200:
                    return True
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
    return False
