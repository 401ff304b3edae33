"""From a trained encoder to a model that is shipped: built, heads fitted, examples, step for whole texts, card; then all at once."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from stemcheck.claims.nearest import EXAMPLES
from stemcheck.claims.whole_text import FILE as WHOLE_TEXT
from stemcheck.claims.whole_text_training import describe_pieces, fingerprint_of_texts, passages_as_texts
from stemcheck.claims.whole_text_training import fit as fit_whole_text
from stemcheck.content.library import Library
from stemcheck.content.texts import load_texts
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import build_encoder, shipped_fingerprint
from stemcheck.model.foreign_alarms import FILE as FOREIGN_ALARMS
from stemcheck.model.heads import HEADS, LABELS, Heads, load_heads
from stemcheck.model.inference import BUILT, REFIT, SHIPPED, Model
from stemcheck.training.dataset import claim_rows, test_rows
from stemcheck.training.explanations import save_examples
from stemcheck.training.foreign_alarms import refit_foreign_alarms
from stemcheck.training.model_card import CARD, read_run, write_card
from stemcheck.training.refit import accuracy, refit
from stemcheck.training.run_files import ENCODER_FOLDER, RUN, TRAINED_HEADS, TRAINED_TYPES
from stemcheck.training.vectors import FILE as VECTORS
from stemcheck.training.vectors import load_vectors, vectors_of

STAGING = "release"
FOLDERS, FILES = (SHIPPED, BUILT), (VECTORS, EXAMPLES, WHOLE_TEXT, FOREIGN_ALARMS, LABELS, HEADS, CARD)
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Release:
    """Where everything is: the content, the published weights, the training's folder, and the models in use."""

    library: Library
    data: Path
    base: Path
    work: Path
    models: Path

    @property
    def staging(self) -> Path:
        """Where the new model is put together."""
        return self.work / STAGING


def put_together(release: Release, tell: Tell) -> None:
    """Make the whole new model beside the one in use. Raises ContentError, EncoderError or WeightsError."""
    staging = release.staging
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(release.work / ENCODER_FOLDER, staging / SHIPPED)
    tell("Building the encoder")
    build_encoder(staging / SHIPPED, staging / BUILT, release.base)
    encoder = Encoder(staging / BUILT)
    refit(release.library, release.data, encoder, trained_heads(release.work), staging, staging, tell)
    tell("Fitting alarms in other languages")
    refit_foreign_alarms(release.library, release.data, staging)
    tell("Choosing examples")
    types = load_heads(staging).claim_types
    save_examples(claim_rows(release.data), types, encoder, staging)
    tell("Learning from whole texts")
    save_whole_text(release.library, release.data, Model(encoder, staging), staging)
    fingerprints = {
        "data": str(load_heads(staging).labels["fitted_from"]),
        "encoder": shipped_fingerprint(staging / SHIPPED),
    }
    figures = {"messages never trained on whose likeliest situation is right": held_out_accuracy(release, encoder)}
    write_card(staging, read_run(release.work / RUN), fingerprints, figures, date.today())


def take_into_use(staging: Path, models: Path) -> None:
    """Put the new model in the place of the old one, file by file, and drop the refit, which belonged to the old encoder."""
    shutil.rmtree(models / REFIT, ignore_errors=True)
    for name in FOLDERS:
        shutil.rmtree(models / name, ignore_errors=True)
        (staging / name).rename(models / name)
    for name in FILES:  # the heads last: the running service takes up what they say
        (staging / name).replace(models / name)


def trained_heads(work: Path) -> Heads:
    """Return the heads of claims and mode as they were trained."""
    labels = json.loads((work / TRAINED_TYPES).read_text(encoding="utf-8"))
    with np.load(work / TRAINED_HEADS) as stored:
        return Heads({name: stored[name] for name in stored.files}, labels)


def held_out_accuracy(release: Release, encoder: Encoder) -> float:
    """Return the share of messages never trained on whose likeliest situation is right."""
    rows = [row for row in test_rows(release.library) if row.situations]
    vectors, _ = vectors_of([row.text for row in rows], encoder, load_vectors(release.staging))
    return accuracy(load_heads(release.staging), vectors, rows)


def save_whole_text(library: Library, data: Path, model: Model, folder: Path) -> None:
    """Fit the step that asks whether a long text speaks for its claims, and write it, whole or not at all."""
    flagged = [kind.id for kind in library.claim_types.values() if library.verdicts[kind.verdict].flagged]
    texts = [*load_texts(data), *passages_as_texts(data, flagged)]
    weights = fit_whole_text(texts, describe_pieces([text.text for text in texts], model))
    unfinished = folder / f"{WHOLE_TEXT}.part"
    with unfinished.open("wb") as file:
        np.savez(file, trained_from=fingerprint_of_texts(data), kinds=flagged, **weights)
    unfinished.replace(folder / WHOLE_TEXT)
