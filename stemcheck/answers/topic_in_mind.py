"""A short question is read with the last answer in mind: "do they help?" after an answer on blood stem cells."""

import re
from dataclasses import replace

from stemcheck.answers.memory import Memory
from stemcheck.answers.understood import FALLBACK, OUT_OF_SCOPE_PREFIX, Understood, fact_of
from stemcheck.content.library import Library

POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|that|those|these|this|one|ones|there|he|she|who|same|such)\b|^(and|but|so|ok|okay|or)\b|\bback to\b",
    re.IGNORECASE,
)
SHORT = 60  # characters
SAME_SECTION, NEXT_FACT, SAME_FACT = 4.0, 6.0, 1.5  # how much likelier a fact gets


def with_topic_in_mind(library: Library, understood: Understood, memory: Memory) -> Understood:
    """Return the message with the facts near the last answer's made likelier, if the message points back to it."""
    if not memory.facts or not points_back(understood.text):
        return understood
    weighed = [(intent, confidence * _weight(library, intent, memory)) for intent, confidence in understood.ranking]
    total = sum(confidence for _, confidence in weighed)
    ranking = sorted(((intent, confidence / total) for intent, confidence in weighed), key=lambda item: -item[1])
    return replace(understood, ranking=tuple(ranking))


def points_back(text: str) -> bool:
    """Return whether a message is short and has a word that stands for something said before."""
    return len(text) <= SHORT and bool(POINTS_BACK.search(text))


def _weight(library: Library, intent: str, memory: Memory) -> float:
    fact_id = fact_of(intent, library.facts)
    if not fact_id:
        return 0.7 if intent.startswith(OUT_OF_SCOPE_PREFIX) or intent == FALLBACK else 1.0
    last = [library.facts[name] for name in memory.facts]
    if fact_id in memory.facts:
        return SAME_FACT
    if any(fact_id in fact.next for fact in last):
        return NEXT_FACT
    return SAME_SECTION if any(fact.section.id == library.facts[fact_id].section.id for fact in last) else 1.0
