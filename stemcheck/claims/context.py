"""What the words around a claim do to it: who says it, and whether it is said at all.

The network has read the whole piece and knows most of it; the cues weigh in where it is in doubt, and tell a reviewer why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stemcheck.claims.cues import Cue
from stemcheck.claims.found_claim import Mode
from stemcheck.model.heads import MODES, Floats

# How much a cue adds to the logit of the mode that it speaks for; small, so that only a doubtful reading turns.
CUE_WEIGHT = 1.0
# The same for a question mark behind the claim's own sentence, which the network may overlook among its neighbours.
QUESTION_WEIGHT = 5.0
SENTENCE_END = re.compile(r"[.!?…\n]")
# A claim with this or less probability is not confirmed when a cue denies, hedges, wishes or debunks it.
DOUBTFUL = 0.5
TAKES_AWAY = frozenset({"negation", "debunking", "hedging", "wishing"})
UNHEDGED = frozenset({"may-help", "may-help-msc", "some-success-ahsct"})  # hedging is what these claims are made of


@dataclass(frozen=True)
class Context:
    """How a claim is said, whether it is said at all, and the cue that decided, if one did."""

    mode: Mode
    is_said: bool
    cue: str


def judge_context(
    kind: str, probability: float, modes: Floats, cues: Sequence[Cue], text: str, start: int, end: int
) -> Context:
    """Return the context of a claim of this kind at `start` to `end` of `text`, given the network's mode probabilities [3]."""
    reaching = [cue for cue in cues if reaches(cue, start, end)]
    mode, cue = _mode(modes, reaching, text, end)
    in_doubt = (cue for cue in reaching if cue.kind in TAKES_AWAY and probability <= DOUBTFUL)
    against = next((cue for cue in reaching if governs(cue, text, start)), next(in_doubt, None))
    if against and kind not in UNHEDGED:
        return Context(mode, False, f"{against.kind}: {against.text}")
    return Context(mode, True, cue)


def reaches(cue: Cue, start: int, end: int) -> bool:
    """Return whether a cue stands on its side of the claim, or inside it."""
    return cue.start < end if cue.side == "before" else cue.end > start


def governs(cue: Cue, text: str, start: int) -> bool:
    """Return whether the claim is what a cue leaves open: "it is unknown whether stem cells repair nerves"."""
    is_open = cue.kind == "hedging" and cue.text.lower().endswith(" whether")
    return is_open and not SENTENCE_END.search(text[cue.end : max(start, cue.end)])


def _mode(modes: Floats, reaching: Sequence[Cue], text: str, end: int) -> tuple[Mode, str]:
    logits = np.log(np.maximum(modes, 1e-6))
    reporting = next((cue for cue in reaching if cue.kind == "reporting"), None)
    asking = next((cue for cue in reaching if cue.kind == "asking"), None)
    ends_in_question = text.rstrip().endswith("?")
    own_end = SENTENCE_END.search(text, max(0, end - 1))
    is_question = own_end is not None and own_end.group() == "?"
    if reporting:
        logits[MODES.index("reported")] += CUE_WEIGHT
    elif ends_in_question or asking:
        logits[MODES.index("asked")] += CUE_WEIGHT
    elif is_question:
        logits[MODES.index("asked")] += QUESTION_WEIGHT
    mode: Mode = MODES[int(logits.argmax())]  # type: ignore[assignment]
    words = {
        "reported": reporting.text if reporting else "",
        "asked": asking.text if asking else "?" * (ends_in_question or is_question),
    }
    fired = words.get(mode, "")
    return mode, f"{'reporting' if mode == 'reported' else 'asking'}: {fired}" if fired else ""
