"""A question that rests on a claim: "now that it is approved, who pays?". The claim is judged first, then the question answered."""

import re

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.dialogue.answering import answer_move
from stemcheck.dialogue.claims.claim_rules import judge_move
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.questions import askable, feeling_beside, is_question

# what a visitor takes for granted comes after such words, before the question
TAKEN_FOR_GRANTED = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|well),? )?(?:now(?: that)?|since|because|as|given(?: that)?|seeing (?:that|as)|considering)\b",
    re.IGNORECASE,
)
ON_THE_CLAIM = frozenset({"after-verdict", "alarm"})  # groups whose replies would only repeat the verdict


def rests_on_claim(ctx: Context) -> bool:
    """Return whether the message takes a claim for granted and asks something else."""
    return bool(_premises(ctx))


def correct_premise(ctx: Context, rule: str) -> list[Move]:
    """Judge what is taken for granted, then answer the question in short, where it is likely enough."""
    asked = _asked(ctx)
    verdict = judge_move(ctx, rule, _premises(ctx), feeling=feeling_beside(ctx, [asked]))
    return [verdict, answer_move(ctx, rule, [asked], short=True)] if asked else [verdict]


def _premises(ctx: Context) -> list[FoundClaim]:
    """Return the claims, where the first opens the message as a premise and a question comes after them; else none."""
    heard = ctx.reading.claims or ctx.reading.possible  # such an opening makes a claim of what is in doubt
    claims = sorted(heard, key=lambda claim: claim.start)
    if not claims or ctx.reading.is_pasted or not TAKEN_FOR_GRANTED.match(ctx.reading.text):
        return []
    rest = ctx.reading.text[claims[-1].end :].strip(" ,;.!–-")
    return claims if is_question(ctx, rest) and len(rest.split()) > 1 else []


def _asked(ctx: Context) -> str:
    """Return the situation that is asked about beside the claim; empty for none that is likely enough."""
    asking = [item for part in ctx.reading.parts if is_question(ctx, part.text) for item in part.ranking[:1]]
    likely = [item for item in (*asking, *askable(ctx)) if item[1] >= ctx.thresholds.possible]
    return next((name for name, _ in likely if _is_answer(ctx, name)), "")


def _is_answer(ctx: Context, name: str) -> bool:
    return name in ctx.library.situations and ctx.library.situations[name].group not in ON_THE_CLAIM
