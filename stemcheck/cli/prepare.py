"""`stemcheck prepare`: make ready what is not shipped as it runs: the encoder in eight bits, and Rasa's archive."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import typer
from rich.console import Console

from stemcheck.cli.starting.model_files import ARCHIVE, check_loads, check_room, is_whole_archive
from stemcheck.content.library import load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.base_weights import WeightsError
from stemcheck.model.encoder_build import EncoderError, build_encoder, is_built
from stemcheck.model.heads import ModelMissing
from stemcheck.model.inference import BUILT, SHIPPED
from stemcheck.settings import ROOT, load_settings

RASA_READS = ("config.yml", "domain.yml", "data/rasa", "stemcheck/nlu", "stemcheck/dialogue/policy.py")
STAMP, BASE = "prepared.json", "base"


def prepare(
    force: bool = typer.Option(False, "--force", help="Make everything again although nothing changed."),
) -> None:
    """Build the encoder from the published weights and the shipped adapters, and Rasa's archive; with nothing changed, do nothing."""
    console, settings = Console(stderr=True, highlight=False, soft_wrap=True), load_settings()
    models = settings.models_folder
    try:
        load_library(settings.data_folder)
        _drop_stale_refit(models, console)
        if force or not is_built(models / SHIPPED, models / BUILT):
            check_room(models)
            with console.status("Building the encoder (about a minute) …"):
                build_encoder(models / SHIPPED, models / BUILT, models / BASE, settings.sentence_model)
            shutil.rmtree(models / BASE, ignore_errors=True)
        check_loads(models)
        if force or not _is_archived(models):
            with console.status("Writing Rasa's archive (about 20 seconds) …"):
                _write_archive(models)
            (models / STAMP).write_text(json.dumps({"rasa": rasa_fingerprint()}))
    except KeyboardInterrupt:
        console.print("Interrupted. `make setup` goes on where it ended.", style="red")
        raise typer.Exit(130) from None
    except (ContentError, EncoderError, WeightsError, ModelMissing, OSError) as problem:
        console.print(str(problem), style="red")
        raise typer.Exit(1) from None


def _drop_stale_refit(models: Path, console: Console) -> None:
    """A refit that came before a new encoder would misread everything: remove it, and say so."""
    from stemcheck.training.belonging import drop_stale_refit

    if drop_stale_refit(models):
        console.print(
            "models/refit came from another encoder and was removed. Run `make refit` to fit your changes again."
        )


def rasa_fingerprint() -> str:
    """Return the SHA-256 of all that Rasa's archive is made from."""
    digest = hashlib.sha256()
    for name in RASA_READS:
        path = ROOT / name
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            if file.suffix in (".yml", ".py"):
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _is_archived(models: Path) -> bool:
    stamp = models / STAMP
    try:
        made_from = json.loads(stamp.read_text(encoding="utf-8")).get("rasa")
    except (OSError, ValueError):  # no stamp, or one that was cut off: write the archive again
        return False
    return made_from == rasa_fingerprint() and is_whole_archive(models / ARCHIVE)


def _write_archive(models: Path) -> None:
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
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    done = subprocess.run(
        [*command, "--data", str(ROOT / "data" / "rasa")],
        cwd=ROOT,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not (models / ARCHIVE).is_file():
        sys.stderr.write(done.stdout[-3000:] + done.stderr[-3000:])
        raise EncoderError("Rasa's archive could not be written; its own words are above.")
