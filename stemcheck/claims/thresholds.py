"""From which probability on a claim type counts, in two bands: confirmed, and "may be a claim"."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from stemcheck.settings import load_settings

FILE = "claims-thresholds.yml"


@dataclass(frozen=True)
class Thresholds:
    """`confirmed` by claim type, `usual` for a type without one; from `possible` on a reviewer sees that there may be a claim."""

    confirmed: dict[str, float]
    possible: float
    usual: float = 0.5

    def of(self, claim_type: str) -> float:
        """Return the probability from which a claim of this type is confirmed; a new type has the usual one until a refit."""
        return self.confirmed.get(claim_type, self.usual)


@lru_cache(maxsize=1)
def load_thresholds(folder: Path | None = None) -> Thresholds:
    """Return the thresholds in data/, which `make refit` sets."""
    path = (folder or load_settings().data_folder) / FILE
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Thresholds(
        {str(kind): float(value) for kind, value in stored["confirmed"].items()}, float(stored["possible"])
    )
