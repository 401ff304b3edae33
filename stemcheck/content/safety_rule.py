"""The plain rule that finds the safety card for a message, with or without a model."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stemcheck.content.plain_text import make_plain
from stemcheck.content.schema_guidance import SafetyCard

CUT = " | "


@dataclass(frozen=True)
class SafetyRule:
    """Cards with their compiled patterns. The first card in the file that matches is shown."""

    cards: tuple[tuple[SafetyCard, re.Pattern[str] | None, re.Pattern[str] | None], ...]

    def find(self, text: str) -> SafetyCard | None:
        """Return the card that a message calls for. "This price is killing me" calls for none."""
        plain = make_plain(text)
        return next((card for card, signs, harmless in self.cards if has_sign(plain, signs, harmless)), None)


def build_safety_rule(safety: Mapping[str, SafetyCard]) -> SafetyRule:
    """Compile the patterns once; the order of the cards stays."""
    return SafetyRule(tuple((card, join(card.patterns), join(card.harmless)) for card in safety.values()))


def join(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Return one pattern that matches where any of them does; None where there are none."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined) if joined else None


def has_sign(plain: str, signs: re.Pattern[str] | None, harmless: re.Pattern[str] | None) -> bool:
    """Tell whether a text shows a sign once its figures of speech are cut out."""
    # Only the figure of speech is cut out: "I'm dying to know, and I want to die" still counts.
    return bool(signs and signs.search(harmless.sub(CUT, plain) if harmless else plain))
