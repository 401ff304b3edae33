"""Figures over planned messages: situations, wrong subjects, questions back, safety cards, verdicts. More is better in all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from evaluation.planned import ASKED_BACK, CONFIDENT, LIKELY, VERDICTS, Planned
from evaluation.scoring import ratio
from stemcheck.content.library import Library
from stemcheck.dialogue.alarms import DEGREES

LANGUAGES = "bot/languages"  # its messages may be in another language
TOP = 3
# what the engine is to reach on rows that nobody here has seen
BARS = {
    "messages": {"confident_on_subject": 0.95, "not_asked_back": 0.90, "no_verdict_where_nothing_claimed": 0.98},
    "safety": {"recall_now": 1.0},
    "alarms": {"recall_now": 1.0, "no_false_card": 0.98},
}


def score_messages(planned: Sequence[Planned], library: Library) -> dict[str, Any]:
    """Return how well messages are understood and replied to."""
    ranked = [one for one in planned if one.heard.message.situations]
    replied = [one for one in ranked if not one.card and one.rule not in VERDICTS]
    confident = [one for one in replied if one.rule in CONFIDENT]
    likely = [one for one in replied if one.rule in LIKELY]
    silent = [one for one in planned if not one.heard.message.claims]
    claiming = [one for one in planned if one.heard.message.claims and not one.card]
    return {
        "rows": len(planned),
        "top_1": _share(ranked, lambda one: is_among(one, 1)),
        "top_3": _share(ranked, lambda one: is_among(one, TOP)),
        "confident": ratio(len(confident), len(replied)),
        "confident_on_subject": _share(confident, lambda one: one.is_on_subject),
        "likely_on_subject": _share(likely, lambda one: one.is_on_subject),
        "not_asked_back": _share(planned, lambda one: not is_asked_back(one)),
        "no_verdict_where_nothing_claimed": _share(silent, lambda one: one.rule not in VERDICTS),
        "verdict_where_claimed": _share(claiming, lambda one: one.rule in VERDICTS),
        "no_false_card": _share((one for one in planned if one.heard.message.is_calm), lambda one: not one.card),
    }


def score_safety(planned: Sequence[Planned], library: Library) -> dict[str, Any]:
    """Return the recall of each degree, by a card at least as grave, and how often a near miss gets no card."""
    figures: dict[str, Any] = {"rows": len(planned)}
    for degree in DEGREES:
        of_degree = [one for one in planned if one.heard.message.degree == degree]
        figures[f"recall_{degree}"] = _share(of_degree, lambda one: is_grave_enough(one, library))
    alarms = [one for one in planned if not one.heard.message.is_calm]
    figures["right_degree"] = _share(alarms, lambda one: degree_shown(one, library) == one.heard.message.degree)
    figures["no_false_card"] = _share((one for one in planned if one.heard.message.is_calm), lambda one: not one.card)
    return figures


def is_among(planned: Planned, top: int) -> bool:
    """Return whether a labelled situation is among the first ones read."""
    return bool(set(planned.heard.ranked[:top]) & set(planned.heard.message.situations))


def is_asked_back(planned: Planned) -> bool:
    """Return whether the visitor has to say it again."""
    return planned.rule in ASKED_BACK and LANGUAGES not in planned.heard.message.situations


def degree_shown(planned: Planned, library: Library) -> str:
    """Return the degree of the card that is shown; empty for none."""
    return str(library.safety[planned.card].degree) if planned.card else ""


def is_grave_enough(planned: Planned, library: Library) -> bool:
    """Return whether a card is shown that is at least as grave as the message."""
    shown = degree_shown(planned, library)
    return shown in DEGREES and DEGREES.index(shown) <= DEGREES.index(planned.heard.message.degree)


def below_bars(figures: dict[str, dict[str, Any]]) -> list[str]:
    """Return a sentence for every figure that does not reach its bar."""
    return [
        f"{name}: {figure} is {figures[name][figure]}, and is to be {bar} at least"
        for name, bars in BARS.items()
        for figure, bar in bars.items()
        if name in figures and (figures[name].get(figure) or 0.0) < bar
    ]


def _share(rows: Iterable[Planned], holds: Callable[[Planned], bool]) -> float | None:
    found = [holds(one) for one in rows]
    return ratio(sum(found), len(found))
