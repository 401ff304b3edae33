"""`stemcheck train`: check the content, train the network and Rasa's model when something changed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from stemcheck.claims.whole_text_training import is_whole_text_trained, train_whole_text
from stemcheck.content.library import Library, load_library
from stemcheck.content.problems import ContentError
from stemcheck.network.training import fingerprint, is_trained, train_network
from stemcheck.settings import ROOT, load_settings

RASA_READS = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories", "stemcheck/nlu")
STAMP = "trained.json"


def train(force: bool = typer.Option(False, "--force", help="Train although nothing changed.")) -> None:
    """Train when data, config or domain changed; with nothing changed, do nothing."""
    console = Console(stderr=True)
    settings = load_settings()
    try:
        library = load_library(settings.data_folder)
    except ContentError as problem:
        console.print(str(problem), style="red", highlight=False)
        raise typer.Exit(1) from None
    if force or not is_trained(settings.data_folder):
        _train_network(console, library)
    if force or not is_whole_text_trained(settings.data_folder):
        with console.status("Learning whole texts (some seconds) …"):
            train_whole_text(library)
    stamp = settings.models_folder / STAMP
    wanted = rasa_fingerprint()
    if (
        not force
        and stamp.is_file()
        and json.loads(stamp.read_text())["rasa"] == wanted
        and list(settings.models_folder.glob("*.tar.gz"))
    ):
        return
    with console.status("Training Rasa's rules (about 30 seconds) …"):
        _train_rasa(settings.models_folder)
    stamp.write_text(json.dumps({"rasa": wanted, "network": fingerprint(settings.data_folder)}))
    console.print("The model is trained.")


def rasa_fingerprint() -> str:
    """Return the SHA-256 of all that Rasa's model is made from."""
    digest = hashlib.sha256(fingerprint(load_settings().data_folder).encode())
    for name in RASA_READS:
        path = ROOT / name
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".yml", ".py"):
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _train_network(console: Console, library: Library) -> None:
    columns = (
        TextColumn("Training the network"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    if not console.is_terminal:
        console.print("Training the network (about 20 minutes on two cores) …")
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("network", total=None)
        told = 0

        def advance(done: int, steps: int, loss: float) -> None:
            nonlocal told
            progress.update(task, completed=done, total=steps)
            if not console.is_terminal and 10 * done // steps > told:
                told = 10 * done // steps
                console.print(f"  {told * 10} %")

        train_network(library, advance)


def _train_rasa(models: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "rasa",
        "train",
        "--fixed-model-name",
        "stemcheck",
        "--out",
        str(models),
        "--force",
    ]
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not (models / "stemcheck.tar.gz").is_file():
        sys.stderr.write(done.stdout[-3000:] + done.stderr[-3000:])
        sys.stderr.write("\nRasa could not be trained; its own words are above.\n")
        raise typer.Exit(1)
