"""Files of the model that are missing, damaged or another's: each gives one clear line with the remedy."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from stemcheck.claims.nearest import EXAMPLES, NearestExamples
from stemcheck.claims.whole_text import FILE as WHOLE_TEXT
from stemcheck.claims.whole_text import read_weights
from stemcheck.model.base_weights import WEIGHTS, WeightsError, check_weights
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import ADAPTERS, ENCODER, GRAPH, PLACES, EncoderError, assemble, shipped_fingerprint
from stemcheck.model.heads import HEADS, LABELS, Heads, ModelMissing, load_heads, save_heads
from stemcheck.training.vectors import FILE as VECTORS
from stemcheck.training.vectors import load_vectors

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from stemcheck.model.heads import Heads, save_heads
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
save_heads(Heads({"mode.weight": np.random.default_rng(1).normal(size=(300, 768))}, {"heads": {}}), Path(sys.argv[1]))
"""


@pytest.fixture
def shipped(tmp_path):
    """A folder as models/encoder, with files that are none."""
    for name in (GRAPH, ADAPTERS, PLACES):
        (tmp_path / name).write_bytes(b"cut off")
    return tmp_path


@pytest.mark.parametrize("name", [GRAPH, ADAPTERS, PLACES])
def test_a_missing_file_of_the_encoder_is_named(shipped, name):
    (shipped / name).unlink()
    with pytest.raises(EncoderError, match=rf"{name} is missing.*git checkout models"):
        shipped_fingerprint(shipped)


def test_a_damaged_file_of_the_encoder_is_fetched_again(shipped):
    with pytest.raises(EncoderError, match=r"damaged.*git checkout models"):
        assemble(shipped, shipped)


def test_an_encoder_that_was_not_built_yet_names_make_setup(tmp_path):
    with pytest.raises(ModelMissing, match="make setup"):
        Encoder(tmp_path)


def test_a_built_encoder_that_is_damaged_is_built_again(tmp_path):
    (tmp_path / ENCODER).write_bytes(b"cut off")
    with pytest.raises(ModelMissing, match=r"does not load.*Delete the folder and run `make setup`"):
        Encoder(tmp_path)


def test_weights_of_another_model_are_refused(tmp_path):
    (tmp_path / WEIGHTS).write_bytes(b"other weights")
    with pytest.raises(WeightsError, match=r"SHA-256 is .*Delete it and run `make setup`"):
        check_weights(tmp_path)


def test_missing_weights_name_the_remedy(tmp_path):
    with pytest.raises(WeightsError, match=r"not there. Run `make setup`"):
        check_weights(tmp_path)


@pytest.mark.parametrize("name", [HEADS, LABELS])
def test_missing_heads_are_fetched_again(tmp_path, name):
    save_heads(Heads({"mode.bias": np.zeros(3, np.float32)}, {"heads": {}}), tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelMissing, match=rf"{name}: not there.*git checkout models"):
        load_heads(tmp_path)


def test_damaged_heads_are_fetched_again(tmp_path):
    save_heads(Heads({"mode.bias": np.zeros(3, np.float32)}, {"heads": {}}), tmp_path)
    (tmp_path / HEADS).write_bytes((tmp_path / HEADS).read_bytes()[:40])
    with pytest.raises(ModelMissing, match=r"damaged.*git checkout models"):
        load_heads(tmp_path)


@pytest.mark.parametrize(("name", "read"), [(EXAMPLES, NearestExamples), (WHOLE_TEXT, read_weights)])
def test_missing_and_damaged_examples_and_texts_are_fetched_again(tmp_path, name, read):
    with pytest.raises(ModelMissing, match=rf"{name}: not there.*git checkout models"):
        read(tmp_path)
    np.savez(tmp_path / name, vectors=np.zeros(3))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:80])
    with pytest.raises(ModelMissing, match=rf"{name} is damaged.*git checkout models"):
        read(tmp_path)


def test_damaged_vectors_are_made_again(tmp_path):
    (tmp_path / VECTORS).write_bytes(b"PK cut off")
    assert load_vectors(tmp_path) == {}


def test_damaged_labels_are_named(tmp_path):
    save_heads(Heads({"mode.bias": np.zeros(3, np.float32)}, {"heads": {}}), tmp_path)
    (tmp_path / LABELS).write_text('{"heads": ')
    with pytest.raises(ModelMissing, match=rf"{LABELS} is damaged.*git checkout models"):
        load_heads(tmp_path)


def test_a_full_disk_leaves_the_last_good_heads(tmp_path):
    good = Heads({"mode.bias": np.array([1, 2, 3], np.float32)}, {"heads": {}, "fitted_from": "before"})
    save_heads(good, tmp_path)
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode
    assert "File too large" in done.stderr
    kept = load_heads(tmp_path)
    assert kept.labels["fitted_from"] == "before"
    assert kept.arrays["mode.bias"].tolist() == [1, 2, 3]


def test_the_shipped_folder_is_readable_for_everybody():
    folder = Path(__file__).resolve().parents[3] / "models" / "encoder"
    if not folder.is_dir():
        pytest.fail("models/encoder is missing; run `git checkout models`")
    assert {path.name for path in folder.iterdir()} == {GRAPH, ADAPTERS, PLACES}
