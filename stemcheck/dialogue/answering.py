"""Rules on answers: one situation, several, a likely one, a question back."""

from collections.abc import Sequence
from dataclasses import replace

from stemcheck.conversation.reading import CLAIM
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.questions import askable, feeling_beside, own_feeling, questions_of
from stemcheck.dialogue.references import situation_pointed_at

ACTION = "action_answer"
ASK_BACK = "action_ask_back"
MAX_CHOICES = 3
# groups whose replies take up a feeling themselves
MEET_FEELINGS = frozenset({"feelings", "family", "alarm", "after-card", "small-talk", "bot", "offers"})
SMALL_TALK = "smalltalk"  # of this kind a likely reply is given without a word of doubt


def answer_move(ctx: Context, rule: str, names: Sequence[str], *, short: bool = False) -> Move:
    """Return the move that answers these situations, with the feeling to be taken up first."""
    meets = any(_meets_feelings(ctx, name) for name in names)
    feeling = "" if meets else feeling_beside(ctx, list(names))
    return Move(ACTION, rule, {"situations": list(names), "short": short, "feeling": feeling})


def _meets_feelings(ctx: Context, name: str) -> bool:
    """Return whether a situation's own reply takes up a feeling, so that it is not met twice."""
    situation = ctx.library.situations[name]
    return situation.group in MEET_FEELINGS or bool(own_feeling(situation))


def points_at_answer(ctx: Context) -> bool:
    """Return whether the message points at one of the answers told or offered before: "the second one?"."""
    return bool(situation_pointed_at(ctx))


def answer_pointed_at(ctx: Context, rule: str) -> list[Move]:
    """Answer it."""
    return [answer_move(ctx, rule, [situation_pointed_at(ctx)])]


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
    name, sure = next((item for item in askable(ctx) if item[0] != CLAIM), ("", 0.0))  # no claim was found in it
    return name in ctx.library.situations and sure >= ctx.thresholds.possible


def answer_briefly(ctx: Context, rule: str) -> list[Move]:
    """Answer the likeliest situation; say after it that it may not be what was meant, with the others as buttons."""
    name, *others = _candidates(ctx)
    close = "" if ctx.library.situations[name].kind == SMALL_TALK else "likely-close"
    move = answer_move(ctx, rule, [name])
    return [replace(move, args={**move.args, "close": close, "others": others})]


def has_candidates(ctx: Context) -> bool:
    """Return whether two situations or more are likely enough to ask which is meant."""
    return len(_candidates(ctx)) > 1


def ask_back(ctx: Context, rule: str) -> list[Move]:
    """Ask which of the likeliest is meant."""
    return [Move(ASK_BACK, rule, {"situations": _candidates(ctx), "feeling": feeling_beside(ctx, [])})]


def _candidates(ctx: Context) -> list[str]:
    likely = (name for name, sure in askable(ctx) if sure >= min(ctx.thresholds.likely, ctx.thresholds.possible))
    return [name for name in likely if name in ctx.library.situations][:MAX_CHOICES]
