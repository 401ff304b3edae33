"""`stemcheck train`: train the encoder anew, in an environment of its own, and put the new model in the place of the old one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console

from stemcheck.content.library import load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.base_weights import WeightsError, unpack_base_weights
from stemcheck.model.encoder_build import EncoderError
from stemcheck.model.heads import ModelMissing
from stemcheck.settings import ROOT, Settings, load_settings
from stemcheck.training.typo_augmentation import MisspellingError

TRAIN_PYTHON = ROOT / ".venv-train" / "bin" / "python"
WORK, BASE = "training", "base"  # folders below models/
NEEDED_GB = 6  # the published weights, two copies in floating point, and what the lower layers make of every text
PROBLEMS = (ContentError, MisspellingError, WeightsError, EncoderError, ModelMissing, OSError)


class TrainingFailed(RuntimeError):
    """The training ended early; the message says what to do."""


def train(fresh: bool = typer.Option(False, "--fresh", help="Forget what an interrupted training kept.")) -> None:
    """Train the encoder (one to two hours on two cores), fit the heads, and write the model card. Not needed to run or to test."""
    console, settings = Console(stderr=True, highlight=False, soft_wrap=True), load_settings()
    try:
        _train(settings, fresh, lambda words: console.print(f"» {words}"))
    except KeyboardInterrupt:
        console.print(
            "Interrupted. The model in use stays; `make train` goes on after the last whole epoch.", style="red"
        )
        raise typer.Exit(130) from None
    except (*PROBLEMS, TrainingFailed) as problem:
        console.print(f"{problem}\nNothing was changed: the model in use stays.", style="red")
        raise typer.Exit(1) from None
    console.print(
        "The new model is in place. Restart a running service; `make check evaluate` tells how good it is; then commit models/."
    )


def _train(settings: Settings, fresh: bool, tell: Callable[[str], None]) -> None:
    from stemcheck.training.prepared_rows import save_rows
    from stemcheck.training.release import Release, put_together, take_into_use
    from stemcheck.training.row_preparation import prepare_rows

    models = settings.models_folder
    work = models / WORK
    if fresh:
        shutil.rmtree(work, ignore_errors=True)
    library = load_library(settings.data_folder)
    check_room(models)
    make_environment()
    tell("Unpacking the published weights")
    base = unpack_base_weights(models / BASE, settings.sentence_model).resolve()
    tell("Reading the content")
    save_rows(prepare_rows(library, settings.data_folder), work)
    run_training(base, work)
    release = Release(library, settings.data_folder, base, work, models)
    put_together(release, tell)
    take_into_use(release.staging, models)
    for folder in (work, models / BASE):
        shutil.rmtree(folder, ignore_errors=True)


def check_room(models: Path, needed_gb: float = NEEDED_GB) -> None:
    """Raise TrainingFailed when the disk has too little room."""
    free = shutil.disk_usage(models).free / 1e9
    if free < needed_gb:
        raise TrainingFailed(
            f"Only {free:.1f} GB of disk are free; a training needs {needed_gb:g} GB. Make room and run it again."
        )


def make_environment() -> None:
    """Make .venv-train, or bring it up to date. Raises TrainingFailed; the set-up's own words are above it."""
    command = [sys.executable, str(ROOT / "setup" / "environment.py"), "--train"]
    if subprocess.run(command, check=False).returncode:
        raise TrainingFailed("The training's environment could not be made; the reason is above.")


def run_training(base: Path, work: Path) -> None:
    """Train in .venv-train, its progress shown. Raises TrainingFailed."""
    command = [
        str(TRAIN_PYTHON),
        "-W",
        "ignore",
        "-m",
        "stemcheck.training.full_training",
        str(base),
        str(work.resolve()),
    ]
    # of several texts tokenized at once the order is fixed; no thread pool beside PyTorch's own
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "TOKENIZERS_PARALLELISM": "false"}, check=False)
    if done.returncode:
        raise TrainingFailed(
            "The training ended early; its own words are above. `make train` goes on after the last whole epoch."
        )
