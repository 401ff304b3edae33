"""Figures over scored texts, by the rules that evaluation/README.md states."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.rows import ScoredText

NOTHING = "nothing"


@dataclass(frozen=True)
class Counts:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right; None where nothing was found."""
        return ratio(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float | None:
        """Return the share of what is there that was found; None where nothing is there."""
        return ratio(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of both; None where there is nothing to find and nothing found."""
        return ratio(2 * self.hits, 2 * self.hits + self.false + self.missed)


def ratio(part: int, whole: int) -> float | None:
    """Return a share in four digits, or None of nothing."""
    return round(part / whole, 4) if whole else None


def count_flags(scored: Iterable[ScoredText]) -> Counts:
    """Return how well flagged texts are told from others."""
    pairs = Counter((text.row.flagged, text.flagged) for text in scored)
    return Counts(pairs[True, True], pairs[False, True], pairs[True, False])


def count_types(scored: Iterable[ScoredText]) -> dict[str, Counts]:
    """Return the counts of each claim type, in order of the types' names."""
    hits, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for text in scored:
        hits.update(text.row.types & text.types)
        false.update(text.extra)
        missed.update(text.missing)
    return {kind: Counts(hits[kind], false[kind], missed[kind]) for kind in sorted({*hits, *false, *missed})}


def count_modes(scored: Iterable[ScoredText]) -> Counter[tuple[str, str]]:
    """Return how often a labelled mode was found as which mode, over the claims whose type was found."""
    return Counter(
        (text.row.modes[claim.type], claim.mode)
        for text in scored
        for claim in text.claims
        if claim.type in text.row.modes
    )


def confuse_types(scored: Iterable[ScoredText]) -> Counter[tuple[str, str]]:
    """Return (labelled, found) pairs: a missing type stands against each extra one of the same text, or against nothing."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in scored:
        pairs.update((kind, kind) for kind in text.row.types & text.types)
        pairs.update((kind, other) for kind in text.missing for other in text.extra or {NOTHING})
        if not text.missing:
            pairs.update((NOTHING, kind) for kind in text.extra)
    return pairs


def score(scored: Sequence[ScoredText]) -> dict[str, Any]:
    """Return all figures of a set. In all of them, more is better."""
    flags, types, modes = count_flags(scored), count_types(scored), count_modes(scored)
    total = sum(types.values(), Counts())
    unflagged = [text for text in scored if not text.row.flagged]
    figures = {
        "rows": len(scored),
        "flag_recall": flags.recall,
        "flag_precision": flags.precision,
        "unflagged_kept": ratio(sum(not text.flagged for text in unflagged), len(unflagged)),
        "type_micro_f1": total.f1,
        "type_macro_f1": round(sum(counts.f1 or 0 for counts in types.values()) / max(1, len(types)), 4),
        "type_precision": total.precision,
        "type_recall": total.recall,
    }
    if modes:
        figures["mode_accuracy"] = ratio(
            sum(modes[mode, mode] for mode in dict.fromkeys(m for m, _ in modes)), modes.total()
        )
    return figures


def split_by(scored: Iterable[ScoredText], key: Callable[[ScoredText], str]) -> dict[str, list[ScoredText]]:
    """Return the texts in groups, by their key, in order of the keys."""
    groups: dict[str, list[ScoredText]] = defaultdict(list)
    for text in scored:
        groups[key(text)].append(text)
    return dict(sorted(groups.items()))


def mode_of(text: ScoredText) -> str:
    """Return the one mode of a text's claims, "mixed" or "no claim"."""
    modes = set(text.row.modes.values())
    return "no claim" if not modes else "mixed" if len(modes) > 1 else modes.pop()
