"""What messages are taken for: figures, and what a picture of it shows."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.scoring import ratio

PICTURE = Path(__file__).parent / "reports" / "situations.png"
MOST_CONFUSED = 25  # pairs that are listed, and drawn

Pairs = Counter[tuple[str, str]]


def count_pairs(labelled: Sequence[str], found: Sequence[str]) -> Pairs:
    """Return how often each name was found as which."""
    return Counter(zip(labelled, found, strict=True))


def describe_pairs(pairs: Pairs) -> dict[str, Any]:
    """Return accuracy, the mean of the situations' F1, the F1 of each from the worst on, and the pairs most confused."""
    right = {name: pairs[name, name] for name in {name for pair in pairs for name in pair}}
    labelled: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for (is_name, said), count in pairs.items():
        labelled[is_name] += count
        found[said] += count
    f1 = {name: ratio(2 * right[name], labelled[name] + found[name]) or 0.0 for name in right if labelled[name]}
    confused = [(count, is_name, said) for (is_name, said), count in pairs.items() if is_name != said]
    return {
        "messages": pairs.total(),
        "accuracy": ratio(sum(right.values()), pairs.total()),
        "macro_f1": round(sum(f1.values()) / max(1, len(f1)), 4),
        "most_confused": [
            f"{is_name} as {said}: {count}" for count, is_name, said in sorted(confused)[::-1][:MOST_CONFUSED]
        ],
        "f1": dict(sorted(f1.items(), key=lambda item: item[1])),
    }


def worst_of(pairs: Pairs) -> Pairs:
    """Return the pairs among those that are confused most, with their hits: a picture of all would be too large to read."""
    confused = sorted(((count, pair) for pair, count in pairs.items() if pair[0] != pair[1]), reverse=True)
    names = {name for _, pair in confused[:MOST_CONFUSED] for name in pair}
    return Counter({pair: count for pair, count in pairs.items() if set(pair) <= names})
