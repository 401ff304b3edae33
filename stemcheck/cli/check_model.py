"""`stemcheck check-model`: whether the model was fitted on the data as it is now, and its parts belong together."""

import typer

from stemcheck.model.encoder_build import EncoderError
from stemcheck.model.heads import ModelMissing
from stemcheck.settings import load_settings


def check_model() -> None:
    """Compare the fingerprints of data, encoder, heads and refit. Exit status 1, with the remedy, if something differs."""
    from stemcheck.training.belonging import describe_mismatches

    settings = load_settings()
    try:
        lines = list(describe_mismatches(settings.data_folder, settings.models_folder))
    except (ModelMissing, EncoderError) as problem:
        lines = [str(problem)]
    for line in lines:
        typer.echo(line, err=True)
    if lines:
        raise typer.Exit(1)
    typer.echo("Data and model belong together.")
