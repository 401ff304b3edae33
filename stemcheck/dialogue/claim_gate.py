"""Whether a message that sounds like a claim claims something: feelings, pleas, jokes and stories of harm do not (rule 23)."""

from dataclasses import replace

from stemcheck.conversation.reading import CLAIM, Reading
from stemcheck.dialogue.context import Context

# groups in which somebody talks of themselves, of a person, or to the assistant
TALK_GROUPS = frozenset(
    {"feelings", "family", "small-talk", "bot", "person-and-privacy", "source", "after-card", "alarm"}
)


def gate_claims(ctx: Context) -> Reading:
    """Return the reading without claims that are in doubt beside a situation that is not."""
    reading, bounds = ctx.reading, ctx.thresholds
    if reading.is_pasted or not reading.claims:
        return reading
    top = next((item for item in reading.ranking if item[0] != CLAIM), ("", 0.0))
    is_talk = top[0].partition("/")[0] in TALK_GROUPS and top[1] >= bounds.sure
    kept = tuple(
        claim
        for claim in reading.claims
        if claim.probability >= bounds.claim_certain
        or not (is_talk or (top[1] >= bounds.sure and reading.probability(CLAIM) < bounds.claim_gate))
    )
    return replace(reading, claims=kept)
