"""Whether a long message is somebody else's text, an advert or a letter, or a person speaking of themselves."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from stemcheck.claims.found_claim import FoundClaim

MIN_CHARS = 280
MIN_CLAIMS = 2
SELLERS = frozenset({"clinic", "press", "organisation"})
FIRST_PERSON = re.compile(r"\b(?:i|i'm|im|i've|ive|my|me|mine)\b", re.IGNORECASE)
OWN_VOICE_SHARE = 0.03  # of a text's words; a person who tells their story says "I" and "my" more often
SPEAKER_SURE = 0.5
QUOTED = re.compile(r"[\"“”«»][^\"“”«»]{160,}[\"“”«»]")


def is_pasted(text: str, claims: Sequence[FoundClaim], labels: Mapping[str, Any]) -> bool:
    """Return whether a text is long and speaks in another's voice, or quotes one at length."""
    if len(text) < MIN_CHARS:
        return False
    if QUOTED.search(text):
        return True
    words = max(1, len(text.split()))
    own_voice = len(FIRST_PERSON.findall(text)) / words
    speaker, sure = labels.get("speaker", ("", 0.0))
    says_claims = sum(1 for claim in claims if claim.is_confirmed and claim.mode == "asserted") >= MIN_CLAIMS
    return own_voice < OWN_VOICE_SHARE and (says_claims or (speaker in SELLERS and float(sure) >= SPEAKER_SURE))
