"""A training of a few rows, in .venv-train: `python -m tests.training.small_run BASE WORK EPOCHS [stop-after-1]`."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from stemcheck.training.fine_tuning import FineTuning
from stemcheck.training.full_training import train_encoder
from stemcheck.training.prepared_rows import PreparedRows, save_rows
from stemcheck.training.recipe import Recipe

RECIPE = Recipe(rank=4, epochs=2, warm_up_steps=2, calibration_texts=6, batch_tokens=120)
CLAIMS = (
    "Stem cells cure MS.",
    "It is guaranteed to work for everybody.",
    "Nine of ten patients got better, says the clinic.",
)
QUESTIONS = (
    "do they help",
    "what does it cost in mexico",
    "i'm scared of the treatment and don't know what to do",
    "hello",
)


def small_rows() -> PreparedRows:
    """Return some sentences, each with a few words more: the first kind claims something, the second asks."""
    texts = [
        f"{text} {tail}".strip()
        for tail in ("", "please", "I read it today", "again and again")
        for text in CLAIMS + QUESTIONS
    ]
    claims = np.array([[float(any(text.startswith(start) for start in CLAIMS))] for text in texts], np.float32)
    is_claim = claims[:, 0] > 0
    labels = {"feeling": np.where(is_claim, -1, 0), "degree": np.zeros(len(texts), np.int64)}
    return PreparedRows(
        texts=tuple(texts),
        claim_types=("cure",),
        heads={"situations": ("claim", "question"), "feeling": ("none", "fear"), "degree": ("none", "now")},
        claims=claims,
        claim_weights=np.ones_like(claims),
        mode=np.where(is_claim, 0, -1).astype(np.int64),
        situations=np.array([[row, 0 if claim else 1] for row, claim in enumerate(is_claim)], np.int64),
        shares=np.ones(len(texts), np.float32),
        labels={name: values.astype(np.int64) for name, values in labels.items()},
    )


def stop_after_first_epoch() -> None:
    """End this process, as a power cut would, when the second epoch begins."""
    run_epoch = FineTuning._run_epoch

    def run_or_end(tuning: FineTuning, tell: Callable[[str], None]) -> None:
        if tuning.epochs_done == 1:
            sys.stderr.flush()
            os._exit(0)
        run_epoch(tuning, tell)

    FineTuning._run_epoch = run_or_end


if __name__ == "__main__":
    base, work, epochs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    if sys.argv[4:] == ["stop-after-1"]:
        stop_after_first_epoch()
    save_rows(small_rows(), work)
    train_encoder(base, work, replace(RECIPE, epochs=epochs))
