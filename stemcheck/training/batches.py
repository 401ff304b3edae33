"""Which rows are read together: texts of like length, in an order that the epoch's number decides."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from stemcheck.training.activations import Activations
from stemcheck.training.prepared_rows import PreparedRows
from stemcheck.training.recipe import Recipe

SORTED_TOGETHER = 2500  # rows; within so many the lengths are sorted, so that little is padding
LOOKS_AHEAD = 30  # rows; the longest of them decides how many fit
Places = npt.NDArray[np.int64]


def split_into_batches(
    lengths: Places, last_losses: npt.NDArray[np.float32], epoch: int, recipe: Recipe
) -> list[Places]:
    """Return the epoch's batches of rows; after the first epoch, most rows that were easy are left out."""
    random = np.random.default_rng([recipe.seed, epoch])
    use = np.ones(len(lengths), bool)
    if epoch > 0:
        use &= ~((last_losses < recipe.easy_loss) & (random.random(len(lengths)) < recipe.easy_skipped))
    order = random.permutation(np.flatnonzero(use))
    found: list[Places] = []
    for part in np.array_split(order, max(1, len(order) // SORTED_TOGETHER)):
        found += _fill(part[np.argsort(lengths[part], kind="stable")], lengths, recipe)
    return [found[place] for place in random.permutation(len(found))]


def _fill(part: Places, lengths: Places, recipe: Recipe) -> list[Places]:
    batches, place = [], 0
    while place < len(part):
        longest = int(lengths[part[min(place + LOOKS_AHEAD, len(part) - 1)]])
        count = max(recipe.least_batch, recipe.batch_tokens // longest)
        batches.append(part[place : place + count])
        place += count
    return batches


class BatchReader:
    """Makes tensors of the rows of a batch."""

    def __init__(self, rows: PreparedRows, activations: Activations) -> None:
        self._rows, self._activations, self._shares = rows, activations, rows.shares_by_row()

    def read(self, batch: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, dict[str, Any]]:
        """Return token vectors [rows, tokens, width], mask [rows, tokens], and what the heads should answer, by name."""
        hidden, mask = self._activations.read(batch)
        rows, situations = self._rows, np.zeros((len(batch), len(self._rows.heads["situations"])), np.float32)
        for place, row in enumerate(batch):
            for label, share in self._shares[row]:
                situations[place, label] = share
        wanted: dict[str, Any] = {
            "claims": rows.claims[batch],
            "claim_weights": rows.claim_weights[batch],
            "mode": rows.mode[batch],
            "situations": situations,
            **{head: labels[batch] for head, labels in rows.labels.items()},
        }
        tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in wanted.items()}
        return torch.from_numpy(hidden), torch.from_numpy(mask), tensors
