"""The training itself: pairs and heads learn all tasks at once, on the kept activations; after each epoch everything is saved."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from stemcheck.training.activations import Activations, Tell
from stemcheck.training.adapters import adapters_of, add_adapters, run_layers
from stemcheck.training.batches import BatchReader, split_into_batches
from stemcheck.training.prepared_rows import PreparedRows
from stemcheck.training.recipe import Recipe
from stemcheck.training.trained_heads import LearningHeads, losses

CHECKPOINT = "checkpoint.pt"
TELL_EVERY = 50  # steps
NOT_READ_YET = 9.0  # the loss of a row before its first epoch
RUNNING_SHARE = 0.02  # of the newest step in the loss that is told


class FineTuning:
    """One training. `run` does the epochs that are left; what is learned is in `model` and `heads`."""

    def __init__(
        self, model: Any, rows: PreparedRows, activations: Activations, recipe: Recipe, made_from: str
    ) -> None:
        prepare_torch(recipe)
        self.model, self.recipe, self.made_from = model, recipe, made_from
        self._pairs = add_adapters(model, recipe)
        self.heads = LearningHeads(len(rows.claim_types), rows.heads, recipe)
        groups = [{"params": self._pairs}, {"params": list(self.heads.parameters())}]
        self._optimizer = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=recipe.weight_decay)
        self._reader, self._lengths = BatchReader(rows, activations), activations.lengths
        self._last_losses = np.full(len(rows.texts), NOT_READ_YET, np.float32)
        self.epochs_done, self._steps_done, self.epoch_losses = 0, 0, list[float]()

    def run(self, folder: Path, tell: Tell) -> None:
        """Learn until all epochs are done; each is saved to the folder, so that an interrupted training goes on from there."""
        self._resume(folder / CHECKPOINT, tell)
        while self.epochs_done < self.recipe.epochs:
            self._run_epoch(tell)
            self.epochs_done += 1
            self._save(folder / CHECKPOINT)
        self.model.eval()
        self.heads.eval()

    def _run_epoch(self, tell: Tell) -> None:
        epoch, began = self.epochs_done, time.monotonic()
        torch.manual_seed(self.recipe.seed * 1000 + epoch)  # dropout is the same after a pause
        batches = split_into_batches(self._lengths, self._last_losses, epoch, self.recipe)
        self.model.train()
        self.heads.train()
        running, total = 0.0, 0.0
        for number, batch in enumerate(batches):
            loss = self._step(batch, (epoch + number / len(batches)) / self.recipe.epochs)
            running = loss if not number else (1 - RUNNING_SHARE) * running + RUNNING_SHARE * loss
            total += loss
            if number % TELL_EVERY == 0:
                left = (time.monotonic() - began) / (number + 1) * (len(batches) - number) / 60
                tell(
                    f"epoch {epoch + 1}/{self.recipe.epochs}, step {number}/{len(batches)}: loss {running:.3f}, {left:.0f} min left"
                )
        self.epoch_losses.append(total / max(1, len(batches)))

    def _step(self, batch: Any, done: float) -> float:
        recipe = self.recipe
        share = min(1.0, (self._steps_done + 1) / recipe.warm_up_steps) * max(recipe.least_rate, 1 - done)
        for group, times in zip(self._optimizer.param_groups, (1.0, recipe.heads_rate), strict=True):
            group["lr"] = recipe.rate * times * share
        hidden, mask, wanted = self._reader.read(batch)
        claims, others = self.heads(run_layers(self.model, hidden, mask, recipe.frozen_layers), mask)
        by_row = losses(claims, others, wanted, recipe)
        loss = by_row.mean()
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*self._pairs, *self.heads.parameters()], recipe.clip)
        self._optimizer.step()
        self._last_losses[batch] = by_row.detach().numpy()
        self._steps_done += 1
        return float(loss.item())

    def _save(self, path: Path) -> None:
        state = {
            "made_from": self.made_from,
            "epochs": self.epochs_done,
            "steps": self._steps_done,
            "epoch_losses": self.epoch_losses,
            "last_losses": torch.from_numpy(self._last_losses),
            "pairs": adapters_of(self.model),
            "heads": self.heads.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        unfinished = path.with_name(f"{path.name}.part")
        torch.save(state, unfinished)
        unfinished.replace(path)

    def _resume(self, path: Path, tell: Tell) -> None:
        """Take up what an earlier run saved, if it had the same rows and recipe."""
        if not path.is_file():
            return
        state = torch.load(path, weights_only=True)
        if state["made_from"] != self.made_from:
            tell("The data or the recipe changed since the last run: the training begins again.")
            return
        self.model.load_state_dict(state["pairs"], strict=False)
        self.heads.load_state_dict(state["heads"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._last_losses[:] = state["last_losses"].numpy()
        self.epochs_done, self._steps_done = state["epochs"], state["steps"]
        self.epoch_losses = list(state["epoch_losses"])
        tell(f"Goes on after epoch {self.epochs_done}.")


def prepare_torch(recipe: Recipe) -> None:
    """Let PyTorch do the same in every run: seed, number of threads, and no sum whose order is left to chance."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.set_flush_denormal(True)
    torch.use_deterministic_algorithms(True)
