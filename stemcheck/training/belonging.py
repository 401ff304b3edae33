"""Whether data, encoder, heads and refit belong together, by the fingerprints that each of them carries."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from stemcheck.claims.whole_text import FILE as WHOLE_TEXT
from stemcheck.claims.whole_text import read_weights
from stemcheck.claims.whole_text_training import fingerprint_of_texts
from stemcheck.model.encoder_build import is_built, shipped_fingerprint
from stemcheck.model.heads import HEADS, load_heads
from stemcheck.model.inference import BUILT, REFIT, SHIPPED
from stemcheck.training.fingerprint import fingerprint

STAMP = "encoder.json"  # in the refit's folder: the encoder whose vectors it was fitted on
REFIT_REMEDY = "Run `make refit`; before a release run `make refit-release` or `make train`, and commit models/."
TEXTS_REMEDY = "Run `make refit-release`."


def describe_mismatches(data: Path, models: Path) -> Iterator[str]:
    """Yield a line, with the remedy, for each two things that do not belong together. Raises ModelMissing or EncoderError."""
    shipped = shipped_fingerprint(models / SHIPPED)
    if not is_built(models / SHIPPED, models / BUILT):
        yield "models/built: damaged, or not made from models/encoder as it is now by this onnxruntime. Run `make setup`."
    folder = models
    if (models / REFIT / HEADS).is_file():
        folder = models / REFIT
        if not belongs_to_encoder(folder, shipped):
            yield "models/refit: fitted on another encoder than models/encoder. Run `make refit`."
    if load_heads(folder).labels.get("fitted_from") != fingerprint(data):
        yield f"models/{(folder / HEADS).relative_to(models)}: fitted on other content than data/ holds now. {REFIT_REMEDY}"
    if str(read_weights(models)["trained_from"]) != fingerprint_of_texts(data):
        yield f"models/{WHOLE_TEXT}: fitted on other texts than data/texts and data/training hold now. {TEXTS_REMEDY}"


def belongs_to_encoder(refit_folder: Path, shipped: str) -> bool:
    """Return whether a refit was made with the encoder of this fingerprint."""
    stamp = refit_folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == json.dumps(shipped)


def note_encoder(refit_folder: Path, shipped: str) -> None:
    """Write down with which encoder a refit is made."""
    refit_folder.mkdir(parents=True, exist_ok=True)
    (refit_folder / STAMP).write_text(json.dumps(shipped) + "\n", encoding="utf-8")


def drop_stale_refit(models: Path) -> bool:
    """Remove a refit that was made with another encoder than the shipped one: its heads would misread. Return whether there was one."""
    folder = models / REFIT
    if not folder.is_dir() or belongs_to_encoder(folder, shipped_fingerprint(models / SHIPPED)):
        return False
    shutil.rmtree(folder)
    return True
