"""The real model: predictions in order, each piece read once, and new heads taken up without a restart."""

import shutil

import numpy as np
import pytest

from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import GRAPH, EncoderError, shipped_fingerprint
from stemcheck.model.heads import FITTED, HEADS, LABELS, MODES, Heads, ModelMissing, save_heads
from stemcheck.model.inference import BUILT, KnownPredictions, Model, models_folder
from tests.library import LIBRARY

TEXTS = ["What is a stem cell?", "Our stem cells cure MS for good.", "Hi", "What is a stem cell?"]


class CountingModel:
    """The real model, and what it was asked to read."""

    def __init__(self, model):
        self.model, self.read = model, []

    def predict(self, texts):
        self.read += texts
        return self.model.predict(texts)


@pytest.fixture
def with_overlay(model, tmp_path):
    """A model of the real encoder and heads, with an empty folder for refitted heads."""
    return Model(model.encoder, models_folder(), tmp_path / "refit"), tmp_path / "refit"


@pytest.mark.model
def test_predictions_come_in_the_order_of_the_texts(model):
    together = model.predict(TEXTS)

    for text, found in zip(TEXTS, together, strict=True):
        (alone,) = model.predict([text])
        assert np.isclose(alone.vector @ found.vector, 1, atol=2e-2)
        assert alone.attention.shape == (len(model.claim_types), len(alone.offsets))


@pytest.mark.model
def test_prediction_holds_every_head(model):
    (found,) = model.predict(["How dangerous is AHSCT?"])

    assert np.isclose(np.linalg.norm(found.vector), 1, atol=1e-3)
    assert found.mode.shape == (len(MODES),)
    assert found.labels.keys() == set(FITTED)
    assert all(np.isclose(labels.sum(), 1, atol=1e-3) for labels in found.labels.values())


@pytest.mark.model
def test_claim_types_are_those_of_the_content(model):
    assert set(model.claim_types) == set(LIBRARY.claim_types)


@pytest.mark.model
def test_each_piece_is_read_once(model):
    counting = CountingModel(model)
    known = KnownPredictions(counting, ["Hi", "Hi", "Bye"])

    found = known.predict(["Bye", "Hi", "New"])
    known.predict(["New"])

    assert counting.read == ["Hi", "Bye", "New"]
    assert len(found) == 3


@pytest.mark.model
def test_refitted_heads_are_taken_up_without_a_restart(with_overlay):
    model, overlay = with_overlay
    before = model.version
    assert not model.take_up_refit()

    save_heads(Heads(model.heads.arrays, {**model.heads.labels, "fitted_from": "fedcba9876543210"}), overlay)

    assert model.predict(["Hi"])
    assert model.version == "fedcba987654" != before
    assert not model.take_up_refit()


@pytest.mark.model
def test_damaged_refit_leaves_the_last_good_heads(with_overlay, caplog):
    model, overlay = with_overlay
    before = model.version
    overlay.mkdir()
    (overlay / HEADS).write_bytes(b"half a file")
    shutil.copy(models_folder() / LABELS, overlay / LABELS)

    assert model.predict(["Hi"])
    assert model.version == before
    assert "heads stay as they were" in caplog.text


@pytest.mark.model
def test_removed_refit_brings_the_shipped_heads_back(with_overlay):
    model, overlay = with_overlay
    shipped = model.version
    save_heads(Heads(model.heads.arrays, {**model.heads.labels, "fitted_from": "fedcba9876543210"}), overlay)
    model.predict(["Hi"])

    shutil.rmtree(overlay)

    model.predict(["Hi"])
    assert model.version == shipped


@pytest.mark.model
def test_damaged_encoder_is_told_with_the_remedy(model, tmp_path):
    shutil.copytree(models_folder() / BUILT, tmp_path / BUILT)
    (tmp_path / BUILT / "encoder.onnx").write_bytes(b"half a file")

    with pytest.raises(ModelMissing, match=r"does not load .*Delete the folder and run `make setup`"):
        Encoder(tmp_path / BUILT)


def test_missing_encoder_is_told_with_the_remedy(tmp_path):
    with pytest.raises(ModelMissing, match=r"no encoder there\. Run `make setup`"):
        Encoder(tmp_path)


def test_missing_shipped_file_is_told_with_the_remedy(tmp_path):
    with pytest.raises(EncoderError, match=rf"{GRAPH} is missing\. Take it from git again"):
        shipped_fingerprint(tmp_path)
