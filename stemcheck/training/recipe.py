"""How the encoder is trained: every number that a run depends on, so that two runs from the same data do the same."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The numbers of a training; what they were chosen on is in docs/decisions/0007."""

    seed: int = 7
    threads: int = 2  # another number adds up in another order, and ends in slightly other weights
    frozen_layers: int = 8  # the lower ones stay as published and run in eight bits; those above learn
    rank: int = 32  # of the low-rank pairs beside each weight
    strength: float = 32.0  # what a pair counts is strength / rank
    epochs: int = 4
    rate: float = 1e-3  # of the pairs, rising over the first steps and then falling to its fiftieth part
    heads_rate: float = 2.0  # times `rate`: the heads begin with nothing
    warm_up_steps: int = 120
    least_rate: float = 0.02
    weight_decay: float = 0.01
    clip: float = 1.0  # longest gradient
    encoder_dropout: float = 0.05
    heads_dropout: float = 0.1
    batch_tokens: int = 1100
    least_batch: int = 6  # rows
    easy_loss: float = 0.08  # a row below it, after the first epoch, …
    easy_skipped: float = 0.7  # … is left out of an epoch this often
    claims_weight: float = 2.0  # of the losses; claims and mode are shipped as trained, all others are fitted anew
    situations_weight: float = 0.5
    mode_weight: float = 0.5
    labels_weight: float = 0.3
    calibration_texts: int = 140  # read to find the channels' ranges

    @property
    def scale(self) -> float:
        """What a low-rank product is multiplied by."""
        return self.strength / self.rank
