"""A claim found in a text."""

from dataclasses import dataclass
from typing import Any, Literal

Mode = Literal["asserted", "reported", "asked"]


@dataclass(frozen=True)
class FoundClaim:
    """One claim: its type, how it is said, and where; `start` and `end` count code points of the original text.

    `probability` is the classifier's (1.0 for a pattern). `is_confirmed` is False in the band "may be a claim", which only
    reviewers see. `because` names the pattern, or the nearest training examples; `cue` the words that set the mode,
    `about` the word by which the claim seems to be about another treatment or illness than stem cells for MS.
    """

    type: str
    mode: Mode
    start: int
    end: int
    text: str
    probability: float = 1.0
    is_confirmed: bool = True
    because: tuple[str, ...] = ()
    cue: str = ""
    about: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what travels in JSON."""
        return {**self.__dict__, "because": list(self.because)}


def read_claim(stored: dict[str, Any]) -> FoundClaim:
    """Return the claim that `as_dict` wrote down."""
    return FoundClaim(**{**stored, "because": tuple(stored.get("because", ()))})
