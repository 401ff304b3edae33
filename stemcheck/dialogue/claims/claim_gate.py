"""Whether a message that sounds like a claim claims something: feelings, pleas, jokes and stories of harm do not (rule 23)."""

import re
from dataclasses import replace

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.conversation.reading import CLAIM, Reading
from stemcheck.dialogue.claims.speakers import is_arranged_by_team, is_borrowed_by_clinic, sentence_of
from stemcheck.dialogue.claims.whole_words import whole_claims
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import holds, opening, plain

# groups in which somebody talks of themselves, of a person, or to the assistant
TALK_GROUPS = frozenset(
    {"feelings", "family", "small-talk", "bot", "person-and-privacy", "source", "after-card", "alarm"}
)

GREETING = re.compile(r"^(?:(?:hi|hello|hey|ok|okay|and|so|now|please|good (?:morning|day|evening))[ ,!]+)+")


def gate_claims(ctx: Context) -> Reading:
    """Return the reading without what the own team arranges, and without claims in doubt beside a situation that is not."""
    reading, bounds = _without_requests(ctx), ctx.thresholds
    arranged = tuple(claim for claim in reading.claims if not is_arranged_by_team(ctx, claim))
    reading = replace(reading, claims=whole_claims(ctx, arranged))
    if reading.is_pasted or not reading.claims:
        return reading
    top = next((item for item in reading.ranking if item[0] != CLAIM), ("", 0.0))
    is_talk = top[0].partition("/")[0] in TALK_GROUPS and top[1] >= bounds.sure
    kept = tuple(
        claim
        for claim in reading.claims
        if claim.probability >= bounds.claim_certain
        or is_borrowed_by_clinic(ctx, claim)
        or not (is_talk or (top[1] >= bounds.sure and reading.probability(CLAIM) < bounds.claim_gate))
    )
    return replace(reading, claims=kept)


def _without_requests(ctx: Context) -> Reading:
    """Return the reading without what is only asked for: "could you write why they might help?" claims nothing."""
    reading = ctx.reading
    if reading.is_pasted or not (reading.claims or reading.possible):
        return reading
    kept = tuple(claim for claim in reading.claims if not is_requested(ctx, claim))
    possible = tuple(claim for claim in reading.possible if not is_requested(ctx, claim))
    is_request = not kept and not possible
    return replace(reading.without(CLAIM) if is_request else reading, claims=kept, possible=possible)


def is_requested(ctx: Context, claim: FoundClaim) -> bool:
    """Return whether a claim's words stand in a request to the assistant that does not ask whether they are true."""
    said = plain(sentence_of(ctx.reading.text, claim))
    return bool(opening(ctx.words.requests).match(GREETING.sub("", said))) and not holds(ctx.words.truth_asked, said)
