"""Whether data and model belong together: `stemcheck check-model`, and what happens to a refit of an older encoder."""

import numpy as np
import pytest
from typer.testing import CliRunner

from stemcheck.claims.whole_text_training import fingerprint_of_texts
from stemcheck.cli.main import app
from stemcheck.model.base_weights import TOKENIZER
from stemcheck.model.encoder_build import ADAPTERS, ENCODER, GRAPH, PLACES, STAMP, built_stamp, shipped_fingerprint
from stemcheck.model.heads import Heads, save_heads
from stemcheck.settings import load_settings
from stemcheck.training.belonging import drop_stale_refit, note_encoder
from stemcheck.training.fingerprint import fingerprint


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A folder of content and one of a model that was fitted on it."""
    data, models = tmp_path / "data", tmp_path / "models"
    for name in ("situations/cost", "claims", "training", "misspellings", "texts"):
        (data / name).mkdir(parents=True)
    (data / "situations" / "cost" / "price.yml").write_text("messages: [what does it cost]\n")
    (data / "texts" / "adverts.yml").write_text("texts: []\n")
    for name in ("encoder", "built"):
        (models / name).mkdir(parents=True)
    for name in (GRAPH, ADAPTERS, PLACES):
        (models / "encoder" / name).write_text(name)
    for name in (ENCODER, TOKENIZER):
        (models / "built" / name).write_text("built")
    (models / "built" / STAMP).write_text(built_stamp(models / "encoder", models / "built"))
    save_fitted(models, fingerprint(data))
    np.savez(models / "whole-text.npz", trained_from=fingerprint_of_texts(data))
    monkeypatch.setenv("STEMCHECK_DATA_FOLDER", str(data))
    monkeypatch.setenv("STEMCHECK_MODELS_FOLDER", str(models))
    load_settings.cache_clear()
    yield data, models
    load_settings.cache_clear()


def save_fitted(folder, fitted_from):
    save_heads(Heads({"mode.bias": np.zeros(3, np.float32)}, {"heads": {}, "fitted_from": fitted_from}), folder)


def check():
    done = CliRunner().invoke(app, ["check-model"])
    return done.exit_code, done.output


def test_a_model_fitted_on_the_data_passes(folders):
    assert check() == (0, "Data and model belong together.\n")


def test_changed_data_are_told_with_the_remedy(folders):
    data, _ = folders
    (data / "situations" / "cost" / "price.yml").write_text("messages: [what is the price]\n")
    status, words = check()
    assert status == 1
    assert "models/heads.npz: fitted on other content" in words
    assert "make refit" in words
    assert "make train" in words


def test_a_refit_on_the_changed_data_passes(folders):
    data, models = folders
    (data / "situations" / "cost" / "price.yml").write_text("messages: [what is the price]\n")
    save_fitted(models / "refit", fingerprint(data))
    note_encoder(models / "refit", shipped_fingerprint(models / "encoder"))
    assert check()[0] == 0


def test_a_refit_of_another_encoder_is_told(folders):
    data, models = folders
    save_fitted(models / "refit", fingerprint(data))
    note_encoder(models / "refit", "another encoder")
    status, words = check()
    assert status == 1
    assert "models/refit: fitted on another encoder" in words


def test_an_encoder_that_was_not_built_again_is_told(folders):
    _, models = folders
    (models / "encoder" / ADAPTERS).write_text("newer")
    status, words = check()
    assert status == 1
    assert "make setup" in words


def test_changed_texts_are_told(folders):
    data, _ = folders
    (data / "texts" / "adverts.yml").write_text("texts: [one]\n")
    status, words = check()
    assert status == 1
    assert "make refit-release" in words


def test_a_missing_model_is_told_in_one_line(folders):
    _, models = folders
    (models / "heads.npz").unlink()
    status, words = check()
    assert status == 1
    assert words.count("\n") == 1
    assert "git checkout models" in words


def test_a_refit_of_another_encoder_is_dropped_before_it_misreads(folders):
    data, models = folders
    save_fitted(models / "refit", fingerprint(data))
    assert drop_stale_refit(models)
    assert not (models / "refit").exists()


def test_a_refit_of_this_encoder_stays(folders):
    data, models = folders
    save_fitted(models / "refit", fingerprint(data))
    note_encoder(models / "refit", shipped_fingerprint(models / "encoder"))
    assert not drop_stale_refit(models)
    assert (models / "refit" / "heads.npz").is_file()
