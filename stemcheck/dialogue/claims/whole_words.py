"""Claims whose words were cut within a bracket or a list of illnesses get them whole again; mere filler is left out."""

from collections.abc import Sequence
from dataclasses import replace

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.dialogue.claims.speakers import sentence_of
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import plain

ONE_FOR_ALL = "cure-all"  # its words are a list


def whole_claims(ctx: Context, claims: Sequence[FoundClaim]) -> tuple[FoundClaim, ...]:
    """Return the claims without those whose words are filler beside others ("I mean."), the cut ones with their whole sentence."""
    said = tuple(claim for claim in claims if plain(claim.text) not in ctx.words.fillers)
    return tuple(_whole(ctx.reading.text, claim) for claim in said or claims)


def _whole(text: str, claim: FoundClaim) -> FoundClaim:
    if claim.type != ONE_FOR_ALL and claim.text.count(")") <= claim.text.count("("):
        return claim
    sentence = sentence_of(text, claim).strip()
    start = text.find(sentence)
    if claim.text not in sentence or len(sentence) == len(claim.text):
        return claim
    return replace(claim, text=sentence, start=start, end=start + len(sentence))
