"""The training's code on a handful of rows, and the shipped model against PyTorch. Run by `make train-check`."""

import json

import numpy as np
import pytest
from safetensors.numpy import load_file

from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import ADAPTERS, build_encoder
from stemcheck.model.inference import models_folder

pytestmark = [pytest.mark.training, pytest.mark.timeout(1800)]
LEAST_COSINE = 0.98  # measured 0.9934 for texts and 0.9912 for the least like token
SAME = 1e-4


def test_the_built_encoder_says_what_pytorch_says(run_module, base):
    figures = json.loads(run_module("stemcheck.training.parity", models_folder(), base))
    assert figures["untuned_difference"] < SAME
    assert figures["lowest_text_cosine"] > LEAST_COSINE
    assert figures["lowest_token_cosine"] > LEAST_COSINE


@pytest.fixture(scope="module")
def trained(tmp_path_factory, run_module, base):
    """The folder of a small training that was run without a pause."""
    work = tmp_path_factory.mktemp("whole")
    run_module("tests.training.small_run", base, work, 2)
    return work


def test_a_training_makes_an_encoder_that_can_be_built(trained, base, tmp_path):
    build_encoder(trained / "encoder", tmp_path / "built", base)
    ((_, read),) = Encoder(tmp_path / "built").encode(["Stem cells cure MS."])
    assert read.tokens.shape[1] == 768


def test_the_kept_activations_are_those_of_the_built_encoder(trained, base, tmp_path, run_module):
    build_encoder(trained / "encoder", tmp_path / "built", base)
    difference = json.loads(run_module("tests.training.compare_lower", trained, tmp_path / "built"))
    assert difference < SAME


def test_an_interrupted_training_ends_with_the_same_weights(trained, base, tmp_path, run_module):
    run_module("tests.training.small_run", base, tmp_path, 2, "stop-after-1")
    run_module("tests.training.small_run", base, tmp_path, 2)
    whole, resumed = (load_file(str(folder / "encoder" / ADAPTERS)) for folder in (trained, tmp_path))
    assert whole.keys() == resumed.keys()
    assert all(np.array_equal(whole[name], resumed[name]) for name in whole)
