"""Rules on claims: those of the message, those judged before, a pasted text."""

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.silence_rule import is_offer
from stemcheck.conversation.reading import CLAIM
from stemcheck.dialogue.answering import answer_move, questions_of
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.references import MAX_CHARS, claims_pointed_at
from stemcheck.dialogue.safety_rules import JUDGE, is_team_speaking

REPORT, FOLLOW = "action_report_text", "action_follow_claims"
TRANSPLANT_CELLS = "ahsct"


def judge_move(ctx: Context, rule: str, claims: list[FoundClaim], **args: object) -> Move:
    """Return the move that judges these claims."""
    newer = is_team_speaking(ctx) and ctx.reading.label("cells", ctx.thresholds.cells_sure) == TRANSPLANT_CELLS
    return Move(JUDGE, rule, {"claims": [claim.as_dict() for claim in claims], "newer": newer, **args})


def asks_about_judged(ctx: Context) -> bool:
    """Return whether the message asks about all the claims judged before: "is any of it true?", "which is the worst?"."""
    is_short = len(ctx.reading.text) <= MAX_CHARS
    return bool(ctx.state.judged and ctx.reading.claim_question and is_short and not ctx.reading.said_claims)


def answer_about_judged(ctx: Context, rule: str) -> list[Move]:
    """Answer it."""
    return [Move(FOLLOW, rule, {"question": ctx.reading.claim_question})]


def points_at_judged(ctx: Context) -> bool:
    """Return whether the message points at claims judged before: "and the second?", "the guarantee bit?"."""
    return bool(claims_pointed_at(ctx))


def judge_again(ctx: Context, rule: str) -> list[Move]:
    """Judge these once more."""
    return [judge_move(ctx, rule, claims_pointed_at(ctx), lead="one-claim", again=True)]


def is_pasted_text(ctx: Context) -> bool:
    """Return whether somebody else's text was pasted: an advert, a letter, a post."""
    return ctx.reading.is_pasted and bool(ctx.reading.claims or is_offer(ctx.reading.text))


def report(ctx: Context, rule: str) -> list[Move]:
    """Report on the text."""
    return [Move(REPORT, rule, {"claims": [claim.as_dict() for claim in ctx.reading.claims]})]


def makes_claims(ctx: Context) -> bool:
    """Return whether the message asserts or repeats a claim."""
    return bool(ctx.reading.said_claims)


def asks_claims(ctx: Context) -> bool:
    """Return whether the message asks if a claim is true."""
    return bool(ctx.reading.claims)


def judge(ctx: Context, rule: str) -> list[Move]:
    """Judge the claims, in the words of the situation where one is sure; what else the message asks is answered after it."""
    names = questions_of(ctx)
    kinds = [ctx.library.situations[name].kind for name in names]
    in_words = names[0] if names and kinds[0] in ("answer", "verdict", "out-of-scope") else ""
    move = judge_move(ctx, rule, list(ctx.reading.claims), situation=in_words)
    others = [name for name in names if name != in_words]
    return [move, answer_move(ctx, rule, others[:1], short=True)] if others else [move]


def may_be_claim(ctx: Context) -> bool:
    """Return whether the message reads like a claim, but none is sure."""
    return bool(ctx.reading.possible) and ctx.reading.situation == CLAIM


def judge_possible(ctx: Context, rule: str) -> list[Move]:
    """Judge the likeliest one, saying that it may have been misread."""
    likeliest = max(ctx.reading.possible, key=lambda claim: claim.probability)
    return [judge_move(ctx, rule, [likeliest], lead="unclear-claim")]
