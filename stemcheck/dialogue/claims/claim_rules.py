"""Rules on claims: those of the message, those judged before, a pasted text."""

from collections.abc import Sequence

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.silence_rule import is_offer
from stemcheck.conversation.reading import CLAIM, Part
from stemcheck.dialogue.answering import answer_move
from stemcheck.dialogue.claims.asked_beside import asked_beside, is_asked_beside
from stemcheck.dialogue.claims.fitting_updates import unfitting_updates
from stemcheck.dialogue.claims.speakers import is_own_team, names_clinic, newer_types
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.questions import feeling_beside, is_question, questions_of
from stemcheck.dialogue.references import MAX_CHARS, claims_compared, claims_pointed_at, judged_claims
from stemcheck.dialogue.safety_rules import JUDGE
from stemcheck.replies.claim_followups import WHICH

REPORT, FOLLOW = "action_report_text", "action_follow_claims"
MAX_BESIDE = 2  # questions that are answered beside a verdict
IN_WORDS = ("answer", "verdict", "out-of-scope")  # kinds of situations whose reply is a verdict on what is asked
STORY = "testimonial"
ON_CLAIMS = "after-verdict"  # what this group asks, a verdict beside it has answered
TALKED_OF = frozenset({"offers", "clinics", "ahsct", "feelings", "family"})  # beside a claim, what it was said about


def judge_move(ctx: Context, rule: str, claims: Sequence[FoundClaim], **args: object) -> Move:
    """Return the move that judges these claims; `newer` are the types that the visitor's own team claims of a transplant."""
    told = {"newer": newer_types(ctx), "by_team": is_own_team(ctx), "names_clinic": names_clinic(ctx)}
    told |= {"unfitting": unfitting_updates(ctx), "beside": asked_beside(ctx)}
    return Move(JUDGE, rule, {"claims": [claim.as_dict() for claim in claims], **told, **args})


def asks_about_judged(ctx: Context) -> bool:
    """Return whether the message asks about all the claims judged before: "is any of it true?", "which is the worst?"."""
    is_short = len(ctx.reading.text) <= MAX_CHARS
    return bool(ctx.state.judged and ctx.reading.claim_question and is_short and not ctx.reading.said_claims)


def answer_about_judged(ctx: Context, rule: str) -> list[Move]:
    """Answer it."""
    return [Move(FOLLOW, rule, {"question": ctx.reading.claim_question})]


def compares_judged(ctx: Context) -> bool:
    """Return whether two of the claims judged before are to be compared: "is the first worse than the third?"."""
    return bool(claims_compared(ctx))


def compare_judged(ctx: Context, rule: str) -> list[Move]:
    """Judge the two side by side, the graver first."""
    return [_again(ctx, rule, claims_compared(ctx), "two-claims")]


def points_at_judged(ctx: Context) -> bool:
    """Return whether the message points at claims judged before: "and the second?", "the guarantee bit?"."""
    return bool(claims_pointed_at(ctx))


def judge_again(ctx: Context, rule: str) -> list[Move]:
    """Judge these once more."""
    return [_again(ctx, rule, claims_pointed_at(ctx), "one-claim")]


def asks_which_judged(ctx: Context) -> bool:
    """Return whether the message means one of several claims judged before, but not which: "what about that one?"."""
    return ctx.act == "that_one" and len(ctx.state.judged) > 1


def ask_which_judged(ctx: Context, rule: str) -> list[Move]:
    """Ask which of them is meant."""
    return [Move(FOLLOW, rule, {"question": WHICH})]


def is_pasted_text(ctx: Context) -> bool:
    """Return whether somebody else's text was pasted: an advert, a letter, a post."""
    return ctx.reading.is_pasted and bool(ctx.reading.claims or is_offer(ctx.reading.text))


def report(ctx: Context, rule: str) -> list[Move]:
    """Report on the text."""
    return [
        Move(REPORT, rule, {"claims": [claim.as_dict() for claim in ctx.reading.claims], "beside": asked_beside(ctx)})
    ]


def makes_claims(ctx: Context) -> bool:
    """Return whether the message asserts or repeats a claim."""
    return bool(ctx.reading.said_claims)


def asks_claims(ctx: Context) -> bool:
    """Return whether the message asks if a claim is true."""
    return bool(ctx.reading.claims)


def judge(ctx: Context, rule: str) -> list[Move]:
    """Judge the claims, in the words of the situation that only asks for them; what else is asked is answered after it."""
    claims, names = list(ctx.reading.claims), questions_of(ctx)
    if ctx.reading.said_claims:
        beside = [name for name in questions_of(ctx, _parts_beside(ctx)) if _asks_more(ctx, name)]
        lead = "verdict-lead-story" if tells_story(ctx) else ""
        feeling = "" if lead else feeling_beside(ctx, names)
        move = judge_move(ctx, rule, claims, situation=_talked_of(ctx, names, beside), lead=lead, feeling=feeling)
    else:
        in_words = next((name for name in names if ctx.library.situations[name].kind in IN_WORDS), "")
        beside = [name for name in names if name != in_words]
        move = judge_move(ctx, rule, claims, situation=in_words)
    return [move, answer_move(ctx, rule, beside[:MAX_BESIDE], short=True)] if beside else [move]


def tells_story(ctx: Context) -> bool:
    """Return whether a patient's story is told, which is met kindly: to whom it happened, it did happen."""
    heard = (*ctx.reading.claims, *ctx.reading.possible)
    return any(claim.type == STORY and claim.mode != "asked" for claim in heard)


def may_be_claim(ctx: Context) -> bool:
    """Return whether the message reads like a claim, but none is sure."""
    return bool(ctx.reading.possible) and ctx.reading.situation == CLAIM


def judge_possible(ctx: Context, rule: str) -> list[Move]:
    """Judge the likeliest one, saying that it may have been misread."""
    likeliest = max(ctx.reading.possible, key=lambda claim: claim.probability)
    return [judge_move(ctx, rule, [likeliest], lead="unclear-claim")]


def _again(ctx: Context, rule: str, claims: list[FoundClaim], lead: str) -> Move:
    newer = [claim.type for claim in judged_claims(ctx.state) if claim.type in ctx.state.newer]
    return judge_move(ctx, rule, claims, lead=lead, again=True, newer=newer)


def _parts_beside(ctx: Context) -> tuple[Part, ...]:
    """Return the parts that ask something and hold none of the claims' words."""
    held = " ".join(claim.text for claim in ctx.reading.said_claims)
    return tuple(part for part in ctx.reading.parts if _asks_beside(ctx, part.text, held))


def _asks_beside(ctx: Context, text: str, held: str) -> bool:
    return is_question(ctx, text) and text not in held and not is_asked_beside(ctx, text)


def _asks_more(ctx: Context, name: str) -> bool:
    return ctx.library.situations[name].group != ON_CLAIMS


def _talked_of(ctx: Context, names: list[str], beside: list[str]) -> str:
    """Return the situation that the claims are told in, whose follow-ups are offered after the verdict."""
    told = (name for name in names if name not in beside and ctx.library.situations[name].group in TALKED_OF)
    return next(told, "")
