"""Whether a long text speaks for the claims in it: an advert does; a warning only quotes them. Parts with headings may differ.

A logistic regression over the text's words and over the vectors of its pieces, trained on data/texts (docs/decisions/0005).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.layout import split_parts
from stemcheck.claims.unit_reading import UnitReading
from stemcheck.model.heads import Floats, read_arrays
from stemcheck.model.inference import models_folder

FILE = "whole-text.npz"
SHORTEST = 250  # characters; a shorter text is read as a whole by the network anyway
TINY = 1e-9
SPEAKS = 0.12  # with less probability a text does not speak for its claims
WORDS_SHARE, VECTORS_SHARE = 3.0, 0.1  # what a unit of each counts before the penalty; chosen by cross-validation
WORD = re.compile(r"\w[\w'’]*|[?!\"“”]")


class WholeTextJudge:
    """The trained weights, as `fit` returns them."""

    def __init__(self, weights: Mapping[str, Any], kinds: Iterable[str] = ()) -> None:
        self._kinds = frozenset(kinds)
        self._places = {str(word): place for place, word in enumerate(weights["words"])}
        self._rarity, self._middle, self._spread = weights["rarity"], weights["middle"], weights["spread"]
        self._weights, self._bias = weights["weights"], float(weights["bias"])

    def judge(self, text: str, pieces: Sequence[UnitReading], claims: Sequence[FoundClaim]) -> list[FoundClaim]:
        """Return the claims; those of flagged types are not confirmed when a long text, with their part, does not speak for them."""
        if len(text) < SHORTEST or not any(self._concerns(claim) for claim in claims):
            return list(claims)
        parts = split_parts(text, SHORTEST)
        whole = self._speaks(text, pieces, (0, len(text)))
        of_parts = [mean_chance(whole, self._speaks(text, pieces, part)) if len(parts) > 1 else whole for part in parts]
        starts = [start for start, _ in parts]
        return [self._judge(claim, of_parts[bisect_right(starts, claim.start) - 1]) for claim in claims]

    def _judge(self, claim: FoundClaim, speaks: float) -> FoundClaim:
        if speaks >= SPEAKS or not self._concerns(claim):
            return claim
        about = f"whole text: {speaks:.0%} likely to speak for its claims"
        return replace(claim, is_confirmed=False, about=about)

    def _speaks(self, text: str, pieces: Sequence[UnitReading], part: tuple[int, int]) -> float:
        start, end = part
        inside = [piece for piece in pieces if start <= piece.unit.start < end] or pieces
        return self.speaks_for_claims(text[start:end], describe_vectors([piece.readings[0].vector for piece in inside]))

    def _concerns(self, claim: FoundClaim) -> bool:
        return claim.is_confirmed and claim.type in self._kinds

    def speaks_for_claims(self, text: str, pieces: Floats) -> float:
        """Return the probability that a text speaks for its claims; `pieces` [768] is what the vectors of its pieces are like."""
        words = weigh_words(text, self._places, self._rarity)
        features = np.concatenate([words, scale(pieces, self._middle, self._spread)])
        return float(1 / (1 + np.exp(-(features @ self._weights + self._bias))))


def mean_chance(one: float, other: float) -> float:
    """Return the probability half way between two, as odds."""
    odds = np.sqrt(np.prod([max(chance, TINY) / max(1 - chance, TINY) for chance in (one, other)]))
    return float(odds / (1 + odds))


def count_words(text: str) -> Counter[str]:
    """Return how often each word, quotation, question and exclamation mark stands in a text."""
    return Counter(word.lower().replace("’", "'") for word in WORD.findall(text))


def weigh_words(text: str, places: Mapping[str, int], rarity: Floats) -> Floats:
    """Return the words' weights [words]: the logarithm of their number times their rarity, as a vector of fixed length."""
    weights = np.zeros(len(rarity), np.float32)
    for word, count in count_words(text).items():
        if word in places:
            weights[places[word]] = (1 + np.log(count)) * rarity[places[word]]
    return np.asarray(WORDS_SHARE * weights / max(1e-9, float(np.linalg.norm(weights))), np.float32)


def describe_vectors(vectors: Sequence[Floats]) -> Floats:
    """Return mean and spread of the vectors of a text's pieces, [768]."""
    stacked = np.stack(vectors)
    return np.concatenate([stacked.mean(0), stacked.std(0)])


def scale(features: Floats, middle: Floats, spread: Floats) -> Floats:
    """Return the features as steps from what is usual in the texts that were learned from."""
    return np.asarray(VECTORS_SHARE * (features - middle) / spread, np.float32)


def read_weights(folder: Path) -> dict[str, Any]:
    """Return what was stored beside the network. Raises ModelMissing when it is missing or damaged."""
    return read_arrays(folder / FILE)


@lru_cache(maxsize=1)
def load_whole_text_judge() -> WholeTextJudge:
    """Return the one judge of this process. Raises ModelMissing before the first training."""
    weights = read_weights(models_folder())
    return WholeTextJudge(weights, weights["kinds"].tolist())
