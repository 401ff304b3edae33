"""Rules on answers: one situation, several, the same again, a likely one, a question back."""

from collections.abc import Sequence
from dataclasses import replace

from stemcheck.conversation.reading import CLAIM
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.references import situation_pointed_at

ACTION = "action_answer"
ASK_BACK = "action_ask_back"
MAX_SITUATIONS, MAX_CHOICES = 3, 3
# groups whose replies take up a feeling themselves
MEET_FEELINGS = frozenset({"feelings", "family", "alarm", "after-card", "small-talk", "bot", "offers"})
AGAIN = {"shorter": True, "simpler": True, "repeat": False, "more": False, "why": False}
QUIET_KINDS = frozenset({"smalltalk"})  # said beside a question, these need no answer of their own


def answer_move(ctx: Context, rule: str, names: Sequence[str], *, short: bool = False, lead: str = "") -> Move:
    """Return the move that answers these situations, with the feeling to be taken up first."""
    feeling = ctx.reading.label("feeling", ctx.thresholds.feeling_sure)
    meets = any(name.partition("/")[0] in MEET_FEELINGS for name in names)
    args = {"situations": list(names), "short": short, "lead": lead}
    return Move(ACTION, rule, {**args, "feeling": "" if meets or feeling == "none" else feeling})


def points_at_answer(ctx: Context) -> bool:
    """Return whether the message points at one of the answers told or offered before: "the second one?"."""
    return bool(situation_pointed_at(ctx))


def answer_pointed_at(ctx: Context, rule: str) -> list[Move]:
    """Answer it."""
    return [answer_move(ctx, rule, [situation_pointed_at(ctx)])]


def wants_same_again(ctx: Context) -> bool:
    """Return whether the last answer is wanted shorter, simpler, again, or at greater length."""
    return ctx.act in AGAIN and bool(ctx.state.situations)


def answer_again(ctx: Context, rule: str) -> list[Move]:
    """Give the last answer once more, short where that was asked for."""
    return [answer_move(ctx, rule, ctx.state.situations, short=AGAIN[ctx.act])]


def questions_of(ctx: Context) -> list[str]:
    """Return the situations that the message asks about, in its order: those of its parts that are sure, and the likeliest of all."""
    found = [part.ranking[0] for part in ctx.reading.parts if part.ranking]
    sure = [name for name, probability in found if probability >= ctx.thresholds.part_sure and name != CLAIM]
    if ctx.reading.confidence >= ctx.thresholds.sure and ctx.reading.situation != CLAIM:
        sure = [*sure, ctx.reading.situation] if ctx.reading.situation not in sure else sure
    names = [name for name in dict.fromkeys(sure) if name in ctx.library.situations]
    asking = [name for name in names if ctx.library.situations[name].kind not in QUIET_KINDS]
    return (asking or names)[:MAX_SITUATIONS]


def asks_several(ctx: Context) -> bool:
    """Return whether the message asks about two situations or more."""
    return len(questions_of(ctx)) > 1


def answer_several(ctx: Context, rule: str) -> list[Move]:
    """Answer each of them, in the order of the message."""
    return [answer_move(ctx, rule, questions_of(ctx))]


def is_sure(ctx: Context) -> bool:
    """Return whether one situation is sure."""
    return len(questions_of(ctx)) == 1


def answer(ctx: Context, rule: str) -> list[Move]:
    """Answer it."""
    return [answer_move(ctx, rule, questions_of(ctx))]


def is_likely(ctx: Context) -> bool:
    """Return whether the likeliest situation is likely enough to be answered, with the others offered."""
    return (
        bool(_candidates(ctx)) and ctx.reading.confidence >= ctx.thresholds.possible and ctx.reading.situation != CLAIM
    )


def answer_briefly(ctx: Context, rule: str) -> list[Move]:
    """Answer the likeliest situation, saying that it may not be what was meant, with the others as buttons."""
    kind = ctx.library.situations[ctx.reading.situation].kind
    move = answer_move(ctx, rule, [ctx.reading.situation], lead="" if kind in QUIET_KINDS else "likely-lead")
    return [replace(move, args={**move.args, "others": _candidates(ctx)[1:]})]


def has_candidates(ctx: Context) -> bool:
    """Return whether two situations or more are likely enough to ask which is meant."""
    return len(_candidates(ctx)) > 1


def ask_back(ctx: Context, rule: str) -> list[Move]:
    """Ask which of the likeliest is meant."""
    return [Move(ASK_BACK, rule, {"situations": _candidates(ctx)})]


def say_unclear(ctx: Context, rule: str) -> list[Move]:
    """Say honestly that the message was not understood, and what can be asked."""
    return [Move(ASK_BACK, rule, {"situations": []})]


def _candidates(ctx: Context) -> list[str]:
    likely = (name for name, probability in ctx.reading.ranking if probability >= ctx.thresholds.likely)
    return [name for name in likely if name in ctx.library.situations][:MAX_CHOICES]
