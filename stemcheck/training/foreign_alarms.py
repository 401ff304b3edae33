"""Fits what finds alarms in other languages: on rows in those languages, and on English ones, whose vectors mean the same."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from stemcheck.content.alarm_rows import NO_CARD, read_alarm_rows
from stemcheck.content.library import Library
from stemcheck.model.foreign_alarms import save_alarms
from stemcheck.model.multilingual import load_multilingual_encoder
from stemcheck.training.dataset import Row, message_rows
from stemcheck.training.fitting import HeldOut, fit_softmax

ALARM_GROUP = "alarm/"
CALM = frozenset({"none", "gentle"})
ENGLISH_WEIGHT = 0.3  # of an English row beside one in the language itself

AlarmExample = tuple[str, str, float]  # text, card ("none" for no card), weight


def refit_foreign_alarms(library: Library, data_folder: Path, target: Path) -> int:
    """Fit the cards on all rows, write them to `target`, and return how many rows there were. Raises ContentError."""
    rows = [*foreign_examples(data_folder), *english_examples(library)]
    cards = (NO_CARD, *library.safety)
    vectors = load_multilingual_encoder().vectors_of([text for text, _, _ in rows])
    shares = np.zeros((len(rows), len(cards)), np.float32)
    for place, (_, card, share) in enumerate(rows):
        shares[place, cards.index(card)] = share
    weight, bias = fit_softmax(vectors, shares, HeldOut(vectors[:0], ()))
    save_alarms(weight, bias, cards, target)
    return len(rows)


def foreign_examples(data_folder: Path) -> Iterator[AlarmExample]:
    """Yield the rows of data/training/alarms."""
    for rows in read_alarm_rows(data_folder).values():
        yield from ((row.text, row.card, 1.0) for row in rows)


def english_examples(library: Library) -> Iterator[AlarmExample]:
    """Yield the English messages whose degree says whether they call for a card; an alarm's card is its situation's."""
    for row in message_rows(library):
        card = _card_of(row, library)
        if card and not row.text.startswith("["):
            yield row.text, card, ENGLISH_WEIGHT


def _card_of(row: Row, library: Library) -> str:
    degree = (row.labels or {}).get("degree", "")
    if degree in CALM:
        return NO_CARD
    own = next((name for name, _ in row.situations if name.startswith(ALARM_GROUP)), "")
    return str(library.situations[own].card) if own and library.situations[own].degree == degree else ""
