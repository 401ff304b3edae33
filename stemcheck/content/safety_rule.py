"""The plain rule that finds the safety card for a message, with or without a model."""

from collections.abc import Mapping
from dataclasses import dataclass

from stemcheck.content.linear_pattern import find_refused, has_sign, join
from stemcheck.content.pattern_parts import PatternRefused
from stemcheck.content.plain_text import as_letters, make_plain
from stemcheck.content.problems import ContentError
from stemcheck.content.schema_guidance import SafetyCard


@dataclass(frozen=True)
class SafetyRule:
    """The cards, whose patterns are compiled. The first card in the file that matches is shown."""

    cards: tuple[SafetyCard, ...]

    def find(self, text: str) -> SafetyCard | None:
        """Return the card that a message calls for. "This price is killing me" calls for none."""
        letters = as_letters(make_plain(text))
        return next((card for card in self.cards if has_sign(letters, card.patterns, card.harmless)), None)


def build_safety_rule(safety: Mapping[str, SafetyCard]) -> SafetyRule:
    """Compile the patterns once; the order of the cards stays. Raises ContentError when one of them cannot be used."""
    for card in safety.values():
        try:
            join(card.patterns), join(card.harmless)
        except PatternRefused:
            raise ContentError(
                list(find_refused(patterns_file(card), card.id, (*card.patterns, *card.harmless)))
            ) from None
    return SafetyRule(tuple(safety.values()))


def patterns_file(card: SafetyCard) -> str:
    """Return where the patterns of a card stand, for an editor."""
    return f"data/safety/{card.id}.yml"
