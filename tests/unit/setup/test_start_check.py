"""What `make setup` and `stemcheck run` look at before anything starts: each fault is one line with its remedy."""

import tarfile

import numpy as np
import pytest

from stemcheck.cli.starting import model_files, start_check
from stemcheck.cli.starting.model_files import ARCHIVE, available_memory_gb, check_room, is_whole_archive
from stemcheck.cli.starting.start_check import StartError, check_model_is_built, why_it_ended
from stemcheck.model import encoder_build
from stemcheck.model.base_weights import TOKENIZER
from stemcheck.model.encoder_build import ADAPTERS, ENCODER, GRAPH, PLACES, STAMP, EncoderError, built_stamp, is_built
from stemcheck.model.heads import ModelMissing
from stemcheck.settings import Settings


@pytest.fixture
def models(tmp_path):
    """A folder as models/, whole in its kind: a built encoder with its stamp, and an archive."""
    for name in ("encoder", "built"):
        (tmp_path / name).mkdir()
    for name in (GRAPH, ADAPTERS, PLACES):
        (tmp_path / "encoder" / name).write_text(name)
    for name in (ENCODER, TOKENIZER):
        (tmp_path / "built" / name).write_text("built from what is shipped")
    (tmp_path / "built" / STAMP).write_text(built_stamp(tmp_path / "encoder", tmp_path / "built"))
    (tmp_path / "weights.npy").write_bytes(np.random.default_rng(1).bytes(50_000))
    with tarfile.open(tmp_path / ARCHIVE, "w:gz") as archive:
        archive.add(tmp_path / "weights.npy", "weights.npy")
    return tmp_path


def cut_in_half(path):
    """Leave what a copy that was broken off leaves."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def said_at_start(models):
    """Return what somebody reads who starts with this model."""
    with pytest.raises(StartError) as told:
        check_model_is_built(models)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_whole_model_may_start(models):
    check_model_is_built(models)
    assert is_built(models / "encoder", models / "built")


@pytest.mark.parametrize("name", [ENCODER, TOKENIZER, STAMP])
def test_a_half_copied_encoder_is_noticed_and_would_be_built_again(models, name):
    cut_in_half(models / "built" / name)

    assert "built is damaged" in said_at_start(models)
    assert "make setup" in said_at_start(models)
    assert not is_built(models / "encoder", models / "built")


@pytest.mark.parametrize("name", [ENCODER, TOKENIZER, STAMP])
def test_a_missing_file_of_the_built_encoder_is_noticed(models, name):
    (models / "built" / name).unlink()

    assert "make setup" in said_at_start(models)


def test_an_encoder_of_another_onnxruntime_is_built_again(models, monkeypatch):
    monkeypatch.setattr(encoder_build, "version", lambda package: "1.99.0")

    assert "by another onnxruntime" in said_at_start(models)
    assert not is_built(models / "encoder", models / "built")


def test_a_newer_shipped_encoder_is_built_again(models):
    (models / "encoder" / ADAPTERS).write_text("newer")

    assert "make setup" in said_at_start(models)


def test_a_half_copied_archive_is_noticed_and_would_be_written_again(models):
    cut_in_half(models / ARCHIVE)

    assert "stemcheck.tar.gz is damaged. Delete it and run `make setup`." in said_at_start(models)
    assert not is_whole_archive(models / ARCHIVE)


def test_a_model_that_was_never_built_names_make_setup(tmp_path):
    assert said_at_start(tmp_path) == "The model is not built yet. Run `make setup`."


def test_when_a_process_ended_for_a_damaged_model_that_is_what_is_told(models):
    said = why_it_ended(Settings(models_folder=models))

    assert "the encoder does not load" in said
    assert "make setup" in said
    assert "\n" not in said


def test_when_the_model_loads_nothing_is_made_up(models, monkeypatch):
    monkeypatch.setattr(start_check, "check_loads", lambda models: None)

    assert why_it_ended(Settings(models_folder=models)) == ""


@pytest.mark.parametrize(
    ("needed", "what", "remedy"),
    [("NEEDED_DISK_GB", "disk", "Make room"), ("NEEDED_MEMORY_GB", "memory", "End other programs")],
)
def test_too_little_room_is_told_before_the_encoder_is_built(models, monkeypatch, needed, what, remedy):
    monkeypatch.setattr(model_files, needed, 10**6)

    with pytest.raises(EncoderError) as told:
        check_room(models)

    assert f"GB of {what} are free; building the encoder needs 1000000 GB. {remedy}" in str(told.value)
    assert "\n" not in str(told.value)


def test_available_memory_is_what_the_system_tells(tmp_path):
    (tmp_path / "meminfo").write_text("MemTotal:  8000000 kB\nMemAvailable:  1500000 kB\n")

    assert available_memory_gb(tmp_path / "meminfo") == 1.5
    assert available_memory_gb(tmp_path / "nowhere") == float("inf")


def test_a_damaged_refit_is_told_with_its_own_remedy(models, monkeypatch):
    for part in ("Encoder", "read_weights", "NearestExamples"):
        monkeypatch.setattr(model_files, part, lambda folder: None)
    (models / "refit").mkdir()
    (models / "refit" / "heads.npz").write_bytes(b"cut off")
    load = model_files.load_heads
    monkeypatch.setattr(model_files, "load_heads", lambda folder: None if folder == models else load(folder))

    with pytest.raises(ModelMissing, match=r"models/refit is damaged. Delete the folder, then run `make refit`"):
        model_files.check_loads(models)
