"""The plain rule that finds the safety card for a message, with or without a model, in every language that the cards know."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stemcheck.content.linear_pattern import find_refused, has_sign, join
from stemcheck.content.pattern_parts import PatternRefused
from stemcheck.content.plain_text import as_letters, fold, make_plain
from stemcheck.content.problems import ContentError, Problem
from stemcheck.content.schema_guidance import SafetyCard

Patterns = tuple[str, ...]


@dataclass(frozen=True)
class Signs:
    """How a card is known in one language: its patterns, and what is cut out first. `language` is empty for English."""

    card: SafetyCard
    language: str
    patterns: Patterns
    harmless: Patterns


@dataclass(frozen=True)
class SafetyRule:
    """The signs of all cards, those of graver ones first. The first card that matches is shown."""

    signs: tuple[Signs, ...]

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the cards, graver ones first."""
        return tuple(dict.fromkeys(signs.card.id for signs in self.signs))

    def find(self, text: str) -> SafetyCard | None:
        """Return the card that an English message calls for. "This price is killing me" calls for none."""
        found = self._find(text, lambda language: not language)
        return found.card if found else None

    def find_in(self, text: str, language: str) -> SafetyCard | None:
        """Return the card that a message in another language calls for."""
        found = self._find(text, lambda other: other == language)
        return found.card if found else None

    def find_foreign(self, text: str) -> tuple[SafetyCard, str] | None:
        """Return the card that a message in any language but English calls for, with the language."""
        found = self._find(text, bool)
        return (found.card, found.language) if found else None

    def find_in_any(self, text: str) -> tuple[SafetyCard, str] | None:
        """Return the card that a message in whatever language calls for, with the language, empty for English, which goes first."""
        card = self.find(text)
        return (card, "") if card else self.find_foreign(text)

    def _find(self, text: str, speaks: Callable[[str], bool]) -> Signs | None:
        letters = as_letters(make_plain(text))
        spoken = (signs for signs in self.signs if speaks(signs.language))
        return next((signs for signs in spoken if has_sign(letters, signs.patterns, signs.harmless)), None)


def build_safety_rule(safety: Mapping[str, SafetyCard]) -> SafetyRule:
    """Compile the patterns once; the order of the cards stays. Raises ContentError when one of them cannot be used."""
    found = tuple(signs for card in safety.values() for signs in signs_of(card))
    for signs in found:
        try:
            join(signs.patterns), join(signs.harmless)
        except PatternRefused:
            raise ContentError(list(find_refused_signs(signs.card))) from None
    return SafetyRule(found)


def graver(cards: Sequence[str], one: str, other: str) -> str:
    """Return the card that comes first among `cards`; an empty one never does while there is the other."""
    return min((card for card in (one, other) if card), key=cards.index, default="")


def signs_of(card: SafetyCard) -> Iterator[Signs]:
    """Yield how a card is known in each language."""
    yield Signs(card, "", card.patterns, card.harmless)
    for language, words in card.languages.items():
        yield Signs(card, language, tuple(map(fold, words.patterns)), tuple(map(fold, words.harmless)))


def find_refused_signs(card: SafetyCard) -> Iterator[Problem]:
    """Yield a problem for every pattern of a card that cannot be used."""
    for signs in signs_of(card):
        yield from find_refused(patterns_file(card), card.id, (*signs.patterns, *signs.harmless))


def patterns_file(card: SafetyCard) -> str:
    """Return where the patterns of a card stand, for an editor."""
    return f"data/safety/{card.id}.yml"
