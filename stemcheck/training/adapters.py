"""The published model in PyTorch, and the low-rank pairs beside its upper layers' weights (LoRA, Hu et al. 2021): only they learn."""

import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import MPNetConfig, MPNetModel

from stemcheck.model.base_weights import WEIGHTS
from stemcheck.training.recipe import Recipe

LAYER_NORM_EPSILON, MOST_POSITIONS = 1e-5, 514  # of the published model; the class begins with others
NOT_LEARNED = ("pooler.", "embeddings.position_ids")  # published, and not used here


def load_base(folder: Path) -> Any:
    """Return the published model in floating point, ready to read. Raises ValueError when the weights are another model's."""
    model = MPNetModel(
        MPNetConfig(layer_norm_eps=LAYER_NORM_EPSILON, max_position_embeddings=MOST_POSITIONS), add_pooling_layer=False
    )
    missing, unknown = model.load_state_dict(load_file(str(folder / WEIGHTS)), strict=False)
    missing = [name for name in missing if name != "embeddings.position_ids"]
    unknown = [name for name in unknown if not name.startswith(NOT_LEARNED)]
    if missing or unknown:
        raise ValueError(f"{folder / WEIGHTS}: these are not MPNet's weights: {[*missing, *unknown][:3]}.")
    return model.eval()


class LowRank(nn.Module):
    """A linear layer that stays, and a pair of small matrices beside it that learn: W x + scale · B A x."""

    def __init__(self, linear: nn.Linear, recipe: Recipe) -> None:
        super().__init__()
        self.linear, self.scale = linear, recipe.scale
        self.A = nn.Parameter(torch.randn(recipe.rank, linear.in_features) / math.sqrt(linear.in_features))
        self.B = nn.Parameter(torch.zeros(linear.out_features, recipe.rank))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the rows [..., width out]."""
        added: torch.Tensor = (rows @ self.A.T) @ self.B.T * self.scale
        return self.linear(rows) + added  # type: ignore[no-any-return, unused-ignore]


def add_adapters(model: Any, recipe: Recipe) -> list[nn.Parameter]:
    """Put a pair beside each weight of the upper layers and freeze all else; return what learns."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for layer in model.encoder.layer[recipe.frozen_layers :]:
        attention = layer.attention.attn
        for name in ("q", "k", "v", "o"):
            setattr(attention, name, LowRank(getattr(attention, name), recipe))
        layer.intermediate.dense = LowRank(layer.intermediate.dense, recipe)
        layer.output.dense = LowRank(layer.output.dense, recipe)
        for module in layer.modules():
            if isinstance(module, nn.Dropout):
                module.p = recipe.encoder_dropout
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def adapters_of(model: Any) -> dict[str, torch.Tensor]:
    """Return the pairs by the published name of the layer that they stand beside, with `.A` or `.B` behind it."""
    return {name: value.detach().clone() for name, value in model.named_parameters() if name.endswith((".A", ".B"))}


def run_layers(model: Any, hidden: torch.Tensor, mask: torch.Tensor, first: int) -> torch.Tensor:
    """Return the token vectors [texts, tokens, width] after the layers from `first` on; `mask` is 1 where a token is."""
    bias = model.encoder.compute_position_bias(hidden)
    hidden_from = (1 - mask)[:, None, None, :] * -1e4
    for layer in model.encoder.layer[first:]:
        hidden = layer(hidden, hidden_from, None, bias)[0]
    return hidden
