"""Words with a colon, or on a line of their own, that say what follows: a myth, the truth, a claim, the verdict on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from stemcheck.claims.denials.patterns import EDGES, DenialPatterns
from stemcheck.claims.denials.stretch import Stretch

LABEL = re.compile(
    r"(?:^|(?<=[.!?)\"”|:]))[ \t]*(?P<words>[^.!?:\n|]{1,50}?)(?::|[ \t][–—-][ \t]|$)",
    re.MULTILINE,
)
STANDS_ALONE = re.compile(r".{0,12}(?:myth|misconception|fiction)", re.IGNORECASE)
LABEL_KINDS = ("labels", "truths", "verdicts", "claims")
MAX_GAP_CHARS = 3  # between a claim and the verdict on it
MAX_VERDICT_CHARS = 200


@dataclass(frozen=True)
class Label:
    """A word with a colon or on a line of its own that says what follows: a myth, the truth, a claim, the verdict on it."""

    kind: str
    start: int
    end: int
    words: str


def find_labelled(text: str, patterns: DenialPatterns) -> Iterator[Stretch]:
    """Yield what is labelled as a myth, and claims on which the verdict that follows is that they are false."""
    labels = list(_find_labels(text, patterns))
    for label, following in zip_longest(labels, labels[1:]):
        end = _end_of_label(text, label)
        if following:
            end = min(end, following.start)
        is_myth = label.kind == "labels"
        if is_myth or (label.kind == "claims" and following and _is_refuted(text, end, following, patterns)):
            yield Stretch(label.start, end, label.words if is_myth or not following else following.words)


def _find_labels(text: str, patterns: DenialPatterns) -> Iterator[Label]:
    for match in LABEL.finditer(text):
        words = match["words"].strip(EDGES)
        kind = next((kind for kind in LABEL_KINDS if patterns.is_kind(kind, words)), None)
        # a "False" on a line of its own answers the line before it
        is_alone = match.end() == match.end("words")
        if kind and not (kind == "labels" and is_alone and not STANDS_ALONE.match(words)):
            yield Label(kind, match.start("words"), match.end(), words)


def _end_of_label(text: str, label: Label) -> int:
    """Return where what a label speaks of ends: with its line, or with the next one if it stands alone."""
    start = label.end
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _is_refuted(text: str, end: int, verdict: Label, patterns: DenialPatterns) -> bool:
    if verdict.kind not in ("labels", "verdicts") or verdict.start - end > MAX_GAP_CHARS:
        return False
    said = text[verdict.end : _end_of_label(text, verdict)]
    return verdict.kind == "labels" or patterns.holds("denied", said.strip(EDGES)[:MAX_VERDICT_CHARS])
