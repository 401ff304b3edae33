"""Whether a message that sounds like a claim claims something: feelings, pleas, jokes and stories of harm do not (rule 23)."""

from dataclasses import replace

from stemcheck.conversation.reading import CLAIM, Reading
from stemcheck.dialogue.claims.speakers import is_arranged_by_team, is_borrowed_by_clinic
from stemcheck.dialogue.context import Context

# groups in which somebody talks of themselves, of a person, or to the assistant
TALK_GROUPS = frozenset(
    {"feelings", "family", "small-talk", "bot", "person-and-privacy", "source", "after-card", "alarm"}
)


def gate_claims(ctx: Context) -> Reading:
    """Return the reading without what the own team arranges, and without claims in doubt beside a situation that is not."""
    arranged = tuple(claim for claim in ctx.reading.claims if not is_arranged_by_team(ctx, claim))
    reading, bounds = replace(ctx.reading, claims=arranged), ctx.thresholds
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
