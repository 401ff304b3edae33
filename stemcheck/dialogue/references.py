"""What a short message points at: one of the claims or answers told before, by number, place, quotation or name."""

import re
from collections.abc import Sequence

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.conversation.state import DialogueState
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.ordinals import pick, places_of

MAX_CHARS = 90  # who writes more says something of their own
COMPARES, THAT_ONE = "compare_two", "that_one"
MAX_OPENING_WORDS, MAX_ENDING_WORDS = 5, 8
QUOTED = re.compile(r"(?<!\w)['‘“\"]([^'‘’“”\"]{3,})['’”\"](?!\w)")
OPENING = re.compile(
    r"^(and|what about|how about|so the|the|is the|are the|but the|ok(ay)? (and|the)|with|without)\b", re.I
)
ENDING = re.compile(r"\b(thing|bit|part|claim|one|point|promise|sentence|line)( true)?\W*$", re.I)


def judged_claims(state: DialogueState) -> list[FoundClaim]:
    """Return the claims judged last, in the order in which the visitor saw them."""
    return [FoundClaim(**claim) for claim in state.judged]


def claims_pointed_at(ctx: Context) -> list[FoundClaim]:
    """Return the judged claims that a message points at; none when it points at none or says something of its own."""
    judged, text = judged_claims(ctx.state), ctx.reading.text
    if not judged or len(text) > MAX_CHARS or _says_more(ctx, judged):
        return []
    by_place = pick(text, judged) if not _offers_answers(ctx.state) else None
    if by_place:
        return [by_place]
    quoted = [claim for claim in judged if _quotes(text, claim)]
    if quoted:
        return quoted
    if ctx.act == THAT_ONE and len(judged) == 1 and ctx.state.kind == "verdict":
        return judged
    named = {*ctx.reading.subjects, *(claim.type for claim in ctx.reading.claims)}
    return [claim for claim in judged if claim.type in named] if points_at_subject(text) else []


def claims_compared(ctx: Context) -> list[FoundClaim]:
    """Return the two judged claims that a message compares, by their places or subjects; none when it compares none."""
    judged = judged_claims(ctx.state)
    if len(judged) < 2 or len(ctx.reading.text) > MAX_CHARS:
        return []
    by_place = [judged[place] for place in places_of(ctx.reading.text) if place < len(judged)]
    if len(by_place) == 2 or ctx.act != COMPARES:
        return by_place if len(by_place) == 2 else []
    named = [claim for claim in judged if claim.type in ctx.reading.subjects]
    return next((found for found in (named, judged) if len(found) == 2), [])


def situation_pointed_at(ctx: Context) -> str:
    """Return the situation told or offered before that a message points at by its place; empty for none."""
    if len(ctx.reading.text) > MAX_CHARS or not _offers_answers(ctx.state):
        return ""
    return pick(ctx.reading.text, ctx.state.offered, ctx.state.situations) or ""


def points_at_subject(text: str) -> bool:
    """Return whether a message is a subject and little more: "and the relapses?", "the licence bit"."""
    plain = text.strip(" ?!.…")
    words = len(plain.split())
    return (words <= MAX_OPENING_WORDS and bool(OPENING.search(plain))) or (
        words <= MAX_ENDING_WORDS and bool(ENDING.search(plain))
    )


def _offers_answers(state: DialogueState) -> bool:
    return state.kind != "verdict" and bool(state.offered)


def _says_more(ctx: Context, judged: Sequence[FoundClaim]) -> bool:
    known = {claim.type for claim in judged}
    said = {claim.type for claim in ctx.reading.said_claims}
    return bool(said) and not (points_at_subject(ctx.reading.text) and said <= known)


def _quotes(text: str, claim: FoundClaim) -> bool:
    quotes = [found.lower().strip(" .,!?") for found in QUOTED.findall(text)]
    return any(quote and quote in claim.text.lower() for quote in quotes)
