"""What the pipeline puts out for a message, in the shape of a real parse that was recorded: tests/recorded/parse_data.json.

tests/unit/nlu/test_message_parser.py holds the recording against what the pipeline puts out today.
"""

import copy
import json
from pathlib import Path

from stemcheck.claims.found_claim import FoundClaim

RECORDED = json.loads((Path(__file__).parent / "recorded" / "parse_data.json").read_text("utf-8"))
USUAL_LABELS = {"feeling": ["none", 0.9], "speaker": ["self", 0.9], "cells": ["any", 0.9]}


def claim(type="cure", mode="asserted", text="Our stem cells cure MS", start=0, **more):
    """Return a claim that was found."""
    return FoundClaim(type, mode, start, start + len(text), text, **more)


def ranked(*items):
    """Return (situation, probability) pairs as the pipeline writes them."""
    return [{"id": name, "probability": probability} for name, probability in items]


def parse_data(
    situation="ahsct/what-is-ahsct",
    confidence=0.9,
    *,
    text="…",
    ranking=(),
    parts=(),
    labels=None,
    degrees=None,
    claims=(),
    possible=(),
    language="",
    is_pasted=False,
    region="",
    **more,
):
    """Return the parse data of a message. `parts` are (text, situation, probability); `more` sets further keys of the recording."""
    parsed = copy.deepcopy(RECORDED["German" if language else "question"])
    reading = parsed["reading"]
    if language:
        reading["language"] = language
    else:
        reading["situations"] = ranked((situation, confidence), *ranking)
        reading["parts"] = [{"text": words, "situations": ranked((name, sure))} for words, name, sure in parts]
        reading["labels"] = {**USUAL_LABELS, **(labels or {})}
        calm = 0.5 if more.get("safety") or degrees else 1.0  # in doubt whether something is amiss
        reading["degrees"] = {**dict.fromkeys(reading["degrees"], 0.0), "none": calm, **(degrees or {})}
        reading["is_pasted"] = is_pasted
    unknown = more.keys() - parsed.keys()
    assert not unknown, f"the pipeline puts out no {unknown}"
    return {
        **parsed,
        "text": text,
        "metadata": {"region": region},
        "claims": [found.as_dict() for found in claims],
        "possible_claims": [found.as_dict() for found in possible],
        **more,
    }
