"""Choose thresholds from what they do to held-out messages: for alarms, labels, claims, and answers. Nothing is read anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.message_scores import is_asked_back
from evaluation.planned import Heard, Planner, changed
from stemcheck.conversation.reading import CLAIM
from stemcheck.dialogue.alarms import DEGREES, alarm_of, alarm_probabilities
from stemcheck.dialogue.claims.claim_gate import gate_claims
from stemcheck.dialogue.context import Thresholds
from stemcheck.dialogue.questions import questions_of

GRID = tuple(float(value) for value in np.round(np.arange(0.05, 0.96, 0.05), 2))
LIKELY_GRID = tuple(
    value for value in GRID if value <= 0.15
)  # a likely answer has to be offered first, so it stays low
NEVER = 2.0  # no probability reaches it
# An alarm that calls for help now is never to be missed, whatever it costs up to a bound; the others within a smaller cost.
RECALL = {"now": 1.0, "today": 0.97, "talk": 0.97}
MAX_FALSE_CARDS = {"now": 0.04, "today": 0.02, "talk": 0.02}  # of the calm messages
MIN_PRECISION = {"feeling": 0.85, "speaker": 0.85, "cells": 0.85, "act": 0.85}
USUAL = {"feeling": "none", "speaker": "self", "cells": "any"}  # labels that change nothing
MAX_WRONG, MAX_ASKED_BACK, MAX_VERDICTS = 0.05, 0.10, 0.02


@dataclass(frozen=True)
class Search:
    """The messages that thresholds are chosen on, and what plans."""

    planner: Planner
    heard: Sequence[Heard]

    def run(self, start: Thresholds) -> Thresholds:
        """Return all thresholds, chosen one after the other: each step builds on those before."""
        found = changed(start, **self.alarms(start))
        found = changed(found, **{f"{head}_sure": self.label(head) for head in USUAL})
        found = changed(found, act_sure=self.act(found))
        found = changed(found, **self.answers(found))
        found = changed(found, **self.claims(found))
        found = changed(found, likely=self.likely(found))
        return changed(found, possible=self.possible(found))

    def alarms(self, start: Thresholds) -> dict[str, float]:
        """Return the bound of each degree, the graver ones first."""
        found = changed(start, alarm_now=NEVER, alarm_today=NEVER, alarm_talk=NEVER)
        for degree in DEGREES:
            found = changed(found, **{f"alarm_{degree}": self._alarm_bound(found, degree)})
        return {f"alarm_{degree}": getattr(found, f"alarm_{degree}") for degree in DEGREES}

    def _alarm_bound(self, start: Thresholds, degree: str) -> float:
        """Return the bound with the fewest false cards among those that miss no more than is allowed; of equals the lowest."""
        costs: list[tuple[float, float, float]] = []  # false cards, missed, bound
        calm = [one for one in self.heard if one.message.is_calm]
        alarms = [one for one in self.heard if one.message.degree == degree]
        for bound in self._bounds_of(degree, start):
            tried = changed(start, **{f"alarm_{degree}": bound})
            false = _share(calm, lambda one, tried=tried: bool(self._card(one, tried)))
            missed = 1 - _share(alarms, lambda one, tried=tried: self._is_grave_enough(one, tried, degree))
            costs.append((false, missed, bound))
        before = _share(calm, lambda one: bool(self._card(one, start)))  # false cards of the graver degrees
        affordable = [cost for cost in costs if cost[0] - before <= MAX_FALSE_CARDS[degree]] or [min(costs)]
        enough = [cost for cost in affordable if cost[1] <= 1 - RECALL[degree] + 1e-9]
        if enough:
            return min(enough)[2]
        return min(affordable, key=lambda cost: (cost[1], cost[0]))[2]

    def _bounds_of(self, degree: str, start: Thresholds) -> list[float]:
        """Return bounds to try: the grid, and just below each alarm's own probability, where one more is missed."""
        own = [
            alarm_probabilities(self.planner.context(one, start))[degree]
            for one in self.heard
            if one.message.degree == degree
        ]
        below = {round(max(0.01, 0.9 * probability), 3) for probability in own}
        return sorted({*GRID, *below})

    def _card(self, one: Heard, thresholds: Thresholds) -> str:
        return alarm_of(self.planner.context(one, thresholds))[0]

    def _is_grave_enough(self, one: Heard, thresholds: Thresholds, degree: str) -> bool:
        card = self._card(one, thresholds)
        safety = self.planner.library.safety
        return bool(card) and DEGREES.index(safety[card].degree) <= DEGREES.index(degree)

    def label(self, head: str) -> float:
        """Return the lowest probability from which a label that changes the reply is right often enough."""
        pairs = [
            (*(one.reading.labels or {}).get(head, (USUAL[head], 0.0)), getattr(one.message, head))
            for one in self.heard
        ]
        return lowest_precise(
            [(sure, name == right) for name, sure, right in pairs if name != USUAL[head]], MIN_PRECISION[head]
        )

    def act(self, start: Thresholds) -> float:
        """Return the lowest probability from which a yes, a stop or a wish is one often enough."""
        acts = self.planner.acts
        pairs = [
            (
                one.reading.confidence,
                any(acts.get(name) == acts[one.reading.situation] for name in one.message.situations),
            )
            for one in self.heard
            if one.reading.situation in acts and one.message.situations
        ]
        return lowest_precise(pairs, MIN_PRECISION["act"])

    def answers(self, start: Thresholds) -> dict[str, float]:
        """Return `sure` and `part_sure`: as many right answers as can be, with few enough on a wrong subject."""
        asking = [
            one for one in self.heard if one.message.situations and one.message.is_calm and not one.reading.claims
        ]
        costs: list[tuple[float, int, float, float]] = []
        for sure in GRID:
            for part_sure in [value for value in GRID if value >= sure]:
                tried = changed(start, sure=sure, part_sure=part_sure)
                found = [(questions_of(self.planner.context(one, tried)), one.message.situations) for one in asking]
                confident = [bool(set(names) & set(right)) for names, right in found if names]
                wrong = 1 - float(np.mean(confident)) if confident else 0.0
                costs.append((max(0.0, wrong - MAX_WRONG), -sum(confident), sure, part_sure))
        best = min(cost for cost in costs if cost[1]) if any(cost[1] for cost in costs) else costs[-1]
        return {"sure": best[2], "part_sure": best[3]}

    def claims(self, start: Thresholds) -> dict[str, float]:
        """Return `claim_gate` and `claim_certain`: as many claims kept as can be, with few enough verdicts where none was made."""
        silent = [one for one in self.heard if not one.message.claims and one.message.is_calm]
        claiming = [one for one in self.heard if one.message.claims]
        costs = []
        for gate in GRID:
            for certain in [value for value in GRID if value >= 0.5]:
                tried = changed(start, claim_gate=gate, claim_certain=certain)
                false = _share(silent, lambda one, tried=tried: self._has_claims(one, tried))
                kept = _share(claiming, lambda one, tried=tried: self._has_claims(one, tried))
                costs.append((max(0.0, false - MAX_VERDICTS), -kept, gate, certain))
        best = min(costs)
        return {"claim_gate": best[2], "claim_certain": best[3]}

    def _has_claims(self, one: Heard, thresholds: Thresholds) -> bool:
        return bool(gate_claims(self.planner.context(one, thresholds)).claims)

    def likely(self, start: Thresholds) -> float:
        """Return from which probability a situation is offered, with the best F1 of the offers over what is not sure."""
        unsure = [one for one in self.heard if one.message.situations and one.reading.confidence < start.sure]
        return max(LIKELY_GRID, key=lambda value: (_offer_f1(unsure, value), -value))

    def possible(self, start: Thresholds) -> float:
        """Return the highest probability for a likely answer with which few enough visitors are asked back."""
        spoken = [one for one in self.heard if one.message.id.startswith("message")]
        for value in reversed([value for value in GRID if value <= start.sure]):
            planned = self.planner.plan(spoken, changed(start, possible=value))
            if np.mean([is_asked_back(one) for one in planned]) <= MAX_ASKED_BACK:
                return value
        return GRID[0]


def lowest_precise(pairs: Sequence[tuple[float, bool]], wanted: float) -> float:
    """Return the lowest value of the grid from which on the share that is right is as wanted; else the most precise one's."""
    shares = {}
    for value in GRID:
        right = [is_right for sure, is_right in pairs if sure >= value]
        shares[value] = float(np.mean(right)) if right else -1.0
    good = [value for value, share in shares.items() if share >= wanted]
    return good[0] if good else max(shares, key=lambda value: (shares[value], value))


def _offer_f1(unsure: Sequence[Heard], value: float) -> float:
    hits = false = missed = 0
    for one in unsure:
        offered = {name for name, sure in one.reading.ranking[:3] if sure >= value and name != CLAIM}
        right = set(one.message.situations)
        hits, false, missed = hits + len(offered & right), false + len(offered - right), missed + len(right - offered)
    return 2 * hits / max(1, 2 * hits + false + missed)


def _share(heard: Sequence[Heard], holds: Callable[..., Any]) -> float:
    return float(np.mean([bool(holds(one)) for one in heard])) if heard else 0.0
