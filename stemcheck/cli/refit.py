"""`stemcheck refit`: fit the heads on data/ as it is now, in a minute; the running service takes them up by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console

from stemcheck.content.library import load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.base_weights import WeightsError
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import EncoderError, shipped_fingerprint
from stemcheck.model.heads import ModelMissing, load_heads
from stemcheck.model.inference import BUILT, REFIT, SHIPPED, Model
from stemcheck.settings import Settings, load_settings

NEEDED_MB = 200
UNCHANGED = "Nothing was changed: the last good model stays."


def refit(
    for_release: bool = typer.Option(
        False,
        "--for-release",
        help="Write into models/ itself, to be committed, with examples and the step for whole texts.",
    ),
) -> None:
    """Fit the heads for situations and claims on the content as it is; the encoder stays."""
    console, settings = Console(stderr=True, highlight=False, soft_wrap=True), load_settings()
    try:
        check_room(settings.models_folder)
        with console.status("Refit …") as status:
            done = _refit(settings, for_release, lambda words: status.update(f"Refit: {words} …"))
    except KeyboardInterrupt:
        console.print(f"Interrupted. {UNCHANGED}", style="red")
        raise typer.Exit(130) from None
    except (ContentError, ModelMissing, EncoderError, WeightsError, OSError) as problem:
        console.print(f"{problem}\n{UNCHANGED}", style="red")
        raise typer.Exit(1) from None
    finally:
        remove_unfinished(settings.models_folder)
    console.print(done)


def _refit(settings: Settings, for_release: bool, tell: Callable[[str], None]) -> str:
    from stemcheck.training.belonging import drop_stale_refit, note_encoder
    from stemcheck.training.refit import refit as fit

    models = settings.models_folder
    library = load_library(settings.data_folder)
    encoder, target = Encoder(models / BUILT), models if for_release else models / REFIT
    drop_stale_refit(models)
    done = fit(library, settings.data_folder, encoder, load_heads(models), models, target, tell)
    if for_release:
        _finish_release(settings, Model(encoder, models), tell)
    else:
        note_encoder(target, shipped_fingerprint(models / SHIPPED))
    new = f"; new claim types: {', '.join(done.new_types)}" if done.new_types else ""
    return f"Refit in {done.seconds:.0f} s, {done.read} new texts read{new}."


def _finish_release(settings: Settings, model: Model, tell: Callable[[str], None]) -> None:
    from stemcheck.training.dataset import claim_rows
    from stemcheck.training.explanations import save_examples
    from stemcheck.training.foreign_alarms import refit_foreign_alarms
    from stemcheck.training.release import save_whole_text

    models, data = settings.models_folder, settings.data_folder
    tell("Fitting alarms in other languages")
    refit_foreign_alarms(load_library(data), data, models)
    shutil.rmtree(models / REFIT, ignore_errors=True)  # it would be read before what was written now
    tell("Choosing examples")
    save_examples(claim_rows(data), model.claim_types, model.encoder, models)
    tell("Learning from whole texts")
    save_whole_text(load_library(data), data, model, models)


def check_room(models: Path) -> None:
    """Raise ModelMissing when the disk has too little room for what a refit writes."""
    if shutil.disk_usage(models).free < NEEDED_MB * 1_000_000:
        raise ModelMissing(f"Less than {NEEDED_MB} MB of disk are free. Make room, then run `make refit` again.")


def remove_unfinished(models: Path) -> None:
    """Remove the halves of files that an interrupted refit left; what they would have replaced is whole."""
    for folder in (models, models / REFIT):
        for path in folder.glob("*.npz.part"):
            path.unlink(missing_ok=True)
