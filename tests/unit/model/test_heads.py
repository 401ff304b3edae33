"""The heads: stored and read again, damaged files told with the remedy, and probabilities that are probabilities."""

import numpy as np
import pytest

from stemcheck.model.heads import FITTED, HEADS, LABELS, MODES, Heads, ModelMissing, load_heads, save_heads, softmax

WIDTH, TYPES = 8, ("cure", "no-risk")
RANDOM = np.random.default_rng(5)


def some(*size):
    """Return numbers as a head might hold them."""
    return RANDOM.normal(size=size).astype(np.float32)


@pytest.fixture
def heads():
    names = {head: ["one", "two", "three"] for head in FITTED}
    arrays = {"claims.query": some(2, WIDTH), "claims.weight": some(2, WIDTH), "claims.bias": some(2)}
    arrays |= {"mode.weight": some(len(MODES), WIDTH), "mode.bias": some(len(MODES))}
    for head in FITTED:
        arrays |= {f"{head}.weight": some(3, WIDTH), f"{head}.bias": some(3)}
    labels = {"claim_types": TYPES, "heads": names, "temperatures": {"feeling": 2.0}, "fitted_from": "abc"}
    return Heads(arrays, labels)


def test_heads_come_back_as_they_were_saved(heads, tmp_path):
    save_heads(heads, tmp_path / "new")

    read = load_heads(tmp_path / "new")

    assert read.claim_types == TYPES
    assert read.names("feeling") == ("one", "two", "three")
    assert read.arrays.keys() == heads.arrays.keys()
    assert all(np.allclose(read.arrays[name], heads.arrays[name], atol=2e-3) for name in heads.arrays)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted([HEADS, LABELS])


def test_missing_heads_name_the_file_and_the_remedy(tmp_path):
    with pytest.raises(ModelMissing, match=r"labels\.json: not there\. Run `git checkout models`"):
        load_heads(tmp_path)


@pytest.mark.parametrize(("name", "damage"), [(HEADS, b"PK\x03\x04 half"), (HEADS, b""), (LABELS, b"{")])
def test_damaged_heads_name_the_remedy(heads, tmp_path, name, damage):
    save_heads(heads, tmp_path)
    (tmp_path / name).write_bytes(damage)

    with pytest.raises(ModelMissing, match=r"is damaged .*git checkout models"):
        load_heads(tmp_path)


def test_claims_are_probabilities_and_attention_adds_up_to_one(heads):
    claims, looks = heads.read_claims(some(5, WIDTH))

    assert claims.shape == (2,) and ((claims > 0) & (claims < 1)).all()
    assert looks.shape == (2, 5) and np.allclose(looks.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("head", FITTED)
def test_fitted_head_gives_probabilities(heads, head):
    found = heads.read(head, some(WIDTH))

    assert found.shape == (3,) and np.isclose(found.sum(), 1, atol=1e-5)


def test_temperature_makes_a_head_less_sure_and_keeps_its_order(heads):
    vector = some(WIDTH)
    cold = Heads(heads.arrays, {**heads.labels, "temperatures": {}}).read("feeling", vector)

    warm = heads.read("feeling", vector)

    assert warm.max() < cold.max()
    assert warm.argsort().tolist() == cold.argsort().tolist()


def test_softmax_stands_large_numbers():
    assert np.allclose(softmax(np.array([1000.0, 1000.0], np.float32)), [0.5, 0.5])
