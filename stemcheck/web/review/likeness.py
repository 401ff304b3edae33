"""Questions that got no answer, grouped by the words that they share: while their meaning is not read yet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

WORD = re.compile(r"[^\W\d_]{3,}")
ALIKE = 0.4  # share of words in common
# words that say nothing about what a question is about
PLAIN = frozenset(
    WORD.findall(
        "the and you for are can how what does with that this have has was were will would could should from "
        "your about any there they them their not but which when where who why been did get got than then out "
        "into one tell know please want need just really"
    )
)


@dataclass
class Group:
    """Questions that are alike; the first is the newest."""

    questions: list[dict[str, Any]]
    words: frozenset[str] = field(default_factory=frozenset)


def group_by_words(questions: Sequence[dict[str, Any]]) -> list[Group]:
    """Return groups of like questions, the largest first. Each question joins the group that it is most like."""
    groups: list[Group] = []
    for question in questions:
        words = _words(question["text"])
        best = max(groups, key=lambda group: _likeness(words, group.words), default=None)
        if best and _likeness(words, best.words) >= ALIKE:
            best.questions.append(question)
        else:
            groups.append(Group([question], words))
    return largest_first(groups)


def largest_first(groups: list[Group]) -> list[Group]:
    """Return the groups, the largest first; of two alike, the one whose newest question is newer comes first."""
    return sorted(groups, key=lambda group: -len(group.questions))


def _words(text: str) -> frozenset[str]:
    # the ends of words differ: "cost", "costs", "costing"
    return frozenset(re.sub(r"(ing|ed|es|s)$", "", word) for word in WORD.findall(text.lower()) if word not in PLAIN)


def _likeness(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0
