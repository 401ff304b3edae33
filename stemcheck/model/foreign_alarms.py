"""Whether a message in another language calls for a safety card, and for which: a softmax over the cards on a multilingual vector.

`make refit` fits it on data/training/alarms and, as the vectors mean the same in every language, on what is written in English.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stemcheck.content.library import Library
from stemcheck.model.heads import Floats, ModelMissing, softmax
from stemcheck.model.inference import REFIT, models_folder
from stemcheck.model.multilingual import MultilingualEncoder, load_multilingual_encoder

FILE = "foreign-alarms.npz"
DEGREES = ("now", "today", "talk")  # the graver first
# from which probability of a degree or of a graver one a message gets a card; a missed emergency weighs most
BOUNDS = {"now": 0.28, "today": 0.4, "talk": 0.45}


@dataclass(frozen=True)
class ForeignAlarms:
    """Weights [cards, width], bias [cards], the cards ("none" among them), how grave each is, and the encoder."""

    encoder: MultilingualEncoder
    weight: Floats
    bias: Floats
    cards: tuple[str, ...]
    degrees: Mapping[str, str]

    def card_of(self, text: str) -> str:
        """Return the card that a message calls for; empty for none."""
        chances, so_grave = self.chances(text), 0.0
        for degree in DEGREES:
            of_degree = {card: chance for card, chance in chances.items() if self.degrees.get(card) == degree}
            so_grave += sum(of_degree.values())
            if of_degree and so_grave >= BOUNDS[degree]:
                return max(of_degree, key=lambda card: of_degree[card])
        return ""

    def chances(self, text: str) -> dict[str, float]:
        """Return the probability of each card, and of none."""
        vector = self.encoder.vectors_of([text])[0]
        found = softmax(self.weight @ vector + self.bias)
        return {card: float(chance) for card, chance in zip(self.cards, found, strict=True)}


def load_alarms(library: Library) -> ForeignAlarms:
    """Return what the newest refit, or the shipped model, knows of the library's cards. Raises ModelMissing."""
    folder = models_folder()
    refitted = folder / REFIT / FILE
    return read_alarms(refitted if refitted.is_file() else folder / FILE, library)


def read_alarms(path: Path, library: Library) -> ForeignAlarms:
    """Return what a file holds. Raises ModelMissing when it is missing or damaged."""
    try:
        with np.load(path) as stored:
            weight, bias = stored["weight"].astype(np.float32), stored["bias"].astype(np.float32)
            cards = tuple(str(card) for card in stored["cards"])
    except FileNotFoundError:
        raise ModelMissing(f"{path}: not there. Run `git checkout models`, then `make setup`.") from None
    except Exception as problem:  # a damaged archive fails in many ways; the remedy is one
        raise ModelMissing(f"{path} is damaged ({type(problem).__name__}). Run `git checkout models`.") from None
    degrees = {str(card.id): str(card.degree) for card in library.safety.values()}
    return ForeignAlarms(load_multilingual_encoder(), weight, bias, cards, degrees)


def save_alarms(weight: Floats, bias: Floats, cards: Sequence[str], folder: Path) -> None:
    """Write the weights, in sixteen bits, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{FILE}.part"
    with unfinished.open("wb") as file:
        np.savez_compressed(file, weight=weight.astype(np.float16), bias=bias.astype(np.float16), cards=list(cards))
    unfinished.replace(folder / FILE)
