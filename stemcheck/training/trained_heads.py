"""The heads while they learn, and what their answers cost: the same sums as stemcheck/model/heads.py, in PyTorch."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from stemcheck.model.heads import MODES
from stemcheck.training.recipe import Recipe

WIDTH = 768
FIRST_BIAS = -2.0  # most texts hold no claim
FIRST_SPREAD = 0.02
TOKEN_SCALE = 8.0  # a token vector's numbers are about 0.05; heads that see them larger learn in a tenth of the steps
SITUATIONS = "situations"


class LearningHeads(nn.Module):
    """Attention and weight of each claim type, and a linear layer for the mode and for every further head."""

    def __init__(self, claim_types: int, heads: Mapping[str, Sequence[str]], recipe: Recipe) -> None:
        super().__init__()
        self.query = nn.Parameter(torch.randn(claim_types, WIDTH) * FIRST_SPREAD)
        self.weight = nn.Parameter(torch.randn(claim_types, WIDTH) * FIRST_SPREAD)
        self.bias = nn.Parameter(torch.full((claim_types,), FIRST_BIAS))
        self.linear = nn.ModuleDict({head: nn.Linear(WIDTH, len(names)) for head, names in heads.items()})
        self.mode = nn.Linear(WIDTH, len(MODES))
        self.dropout = nn.Dropout(recipe.heads_dropout)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Return the logits of the claim types [texts, types], and of `mode` and each head by name."""
        tokens = tokens * TOKEN_SCALE
        mean = (tokens * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        looks = torch.einsum("td,bnd->btn", self.query, tokens) + ((mask - 1) * 1e9)[:, None, :]
        seen = self.dropout(looks.softmax(-1) @ tokens + mean[:, None, :])
        claims = (seen * self.weight).sum(-1) + self.bias
        kept = self.dropout(mean)
        return claims, {"mode": self.mode(kept), **{head: layer(kept) for head, layer in self.linear.items()}}

    def shipped(self) -> dict[str, Any]:
        """Return what is kept, for token vectors as they are: claims and mode, by the names of stemcheck/model/heads.py."""
        scaled = {"claims.query": self.query, "claims.weight": self.weight, "mode.weight": self.mode.weight}
        named = {name: value * TOKEN_SCALE for name, value in scaled.items()}
        named |= {"claims.bias": self.bias, "mode.bias": self.mode.bias}
        return {name: value.detach().numpy().copy() for name, value in named.items()}


def losses(claims: torch.Tensor, others: Mapping[str, torch.Tensor], wanted: Mapping[str, Any], recipe: Recipe) -> Any:
    """Return the loss of each text [texts]; what is not known of a text costs nothing."""
    by_type = functional.binary_cross_entropy_with_logits(claims, wanted["claims"], reduction="none")
    total = recipe.claims_weight * (by_type * wanted["claim_weights"]).sum(1)
    total = total - recipe.situations_weight * (
        wanted[SITUATIONS] * functional.log_softmax(others[SITUATIONS], -1)
    ).sum(-1)
    for head, logits in others.items():
        if head != SITUATIONS:
            share = recipe.mode_weight if head == "mode" else recipe.labels_weight
            total = total + share * _where_known(logits, wanted[head])
    return total


def _where_known(logits: torch.Tensor, labels: torch.Tensor) -> Any:
    return functional.cross_entropy(logits, labels.clamp(min=0), reduction="none") * (labels >= 0)
