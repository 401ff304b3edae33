"""The steps of a training that need no PyTorch: disk, rows, activations, card, and taking the new model into use."""

from datetime import date

import numpy as np
import pytest

from stemcheck.cli.train import TrainingFailed, check_room
from stemcheck.content.library import DATA_DIR
from stemcheck.model.base_weights import WEIGHTS_SHA256
from stemcheck.training.activations import load_activations, write_activations
from stemcheck.training.dataset import Row
from stemcheck.training.model_card import write_card
from stemcheck.training.release import FILES, FOLDERS, take_into_use
from stemcheck.training.row_preparation import MISSPELT_SHARE, misspelt_rows

RECIPE = {"rank": 32, "frozen_layers": 8, "epochs": 3, "rate": 6e-4, "easy_skipped": 0.6, "seed": 7, "threads": 2}


class LengthAsVector:
    """A session that gives each token its own number, so that a mix-up would be seen."""

    def run(self, _, feed):
        return [np.repeat(feed["ids"][:, :, None], 768, axis=2).astype(np.float32)]


def test_too_little_disk_stops_a_training_before_it_begins(tmp_path):
    with pytest.raises(TrainingFailed, match=r"needs 1e\+06 GB. Make room"):
        check_room(tmp_path, 1e6)


def test_the_same_rows_are_misspelt_in_every_run():
    rows = [Row(f"what does the treatment cost in country number {number}") for number in range(400)]
    first, second = (misspelt_rows(rows, DATA_DIR) for _ in range(2))
    assert first == second
    assert abs(len(first) / len(rows) - MISSPELT_SHARE) < 0.05
    assert not {row.text for row in first} & {row.text for row in rows}


def test_passages_and_messages_after_a_topic_keep_their_spelling():
    rows = [Row("the treatment cost was paid", group="passage/1"), Row("[Costs] how much would treatment cost")] * 200
    assert misspelt_rows(rows, DATA_DIR) == []


def test_each_text_gets_its_own_activations_back(tmp_path):
    ids = [[5, 6, 7], [8], list(range(10, 40)), [9, 9]]
    kept = write_activations(LengthAsVector(), ids, tmp_path, "these rows", lambda _: None)
    hidden, mask = kept.read([2, 1])
    assert hidden[0, :, 0].tolist() == list(range(10, 40))
    assert hidden[1, :2, 0].tolist() == [8, 0]
    assert mask.sum(axis=1).tolist() == [30, 1]


def test_activations_of_other_rows_are_not_used(tmp_path):
    write_activations(LengthAsVector(), [[1, 2]], tmp_path, "these rows", lambda _: None)
    assert load_activations(tmp_path, "other rows") is None
    assert load_activations(tmp_path, "these rows").lengths.tolist() == [2]


def test_the_card_names_data_base_recipe_and_limits(tmp_path):
    run = {"recipe": RECIPE, "rows": 58123, "epoch_losses": [3.1, 1.2], "versions": {"torch": "2.14.1"}}
    write_card(tmp_path, run, {"data": "d" * 64, "encoder": "e" * 64}, {"right situation": 0.8765}, date(2026, 11, 30))
    card = (tmp_path / "README.md").read_text()
    for words in (
        "2026-11-30",
        WEIGHTS_SHA256,
        "d" * 64,
        "e" * 64,
        "58,123",
        "rank 32",
        "3.100, 1.200",
        "torch 2.14.1",
        "0.876",
    ):
        assert words in card
    for heading in ("## What it is not for", "## Licences", "## Figures"):
        assert heading in card


def test_a_new_model_takes_the_place_of_the_old_one_and_of_its_refit(tmp_path):
    staging, models = tmp_path / "staging", tmp_path / "models"
    for root, content in ((staging, "new"), (models, "old")):
        for name in FOLDERS:
            (root / name).mkdir(parents=True)
            (root / name / "file").write_text(content)
        for name in FILES:
            (root / name).write_text(content)
    (models / "refit").mkdir()
    take_into_use(staging, models)
    assert {path.read_text() for path in models.rglob("*") if path.is_file()} == {"new"}
    assert not (models / "refit").exists()
