"""Which updates are out of place beside a verdict: that on AHSCT where cord blood is spoken of, MESEMS where a donor's cells are."""

from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import holds

ON_TRANSPLANTS, ON_MESEMS = "ahsct-accepted", "mesems-result"
TELL_OF_STUDIES = frozenset({"improvement", "reversal", "may-help-msc"})  # their reasons tell of MSC studies


def unfitting_updates(ctx: Context) -> list[str]:
    """Return the ids of the updates that speak of other cells than the message does."""
    text, words = ctx.reading.text, ctx.words
    if holds(words.transplant, text):
        return [] if _tells_of_studies(ctx) else [ON_MESEMS]
    left_out = [ON_TRANSPLANTS] if holds(words.other_cells, text) else []
    if holds(words.not_mesems_cells, text) and not _tells_of_studies(ctx):
        left_out.append(ON_MESEMS)
    return left_out


def _tells_of_studies(ctx: Context) -> bool:
    return any(claim.type in TELL_OF_STUDIES for claim in ctx.reading.claims)
