"""Rules on what was said before: the last reply shorter, simpler or again, and a subject that is taken up again."""

from stemcheck.dialogue.answering import ASK_BACK, MAX_CHOICES, answer_move
from stemcheck.dialogue.claims.claim_rules import judge_move
from stemcheck.dialogue.claims.speakers import TRANSPLANT_CELLS
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.flow_rules import ERASE, HAND_OVER, OFFERED, PRIVACY, WRITING
from stemcheck.dialogue.ordinals import place_of
from stemcheck.dialogue.references import judged_claims
from stemcheck.dialogue.safety_rules import CARD
from stemcheck.dialogue.words import holds, opening, plain

AGAIN = {"shorter": True, "simpler": True, "repeat": False, "more": False, "why": False}
BACK, COMPARES = "back_to_earlier", "compare_two"
BOTH_CELLS = "stem-cells/ahsct-versus-msc"
SAFETY, VERDICT = "safety", "verdict"
MIN_WORD_CHARS = 4  # of a word that a visitor recalls a subject by
# questions of ours that are put once more as they were
OPEN_QUESTIONS = {OFFERED: (HAND_OVER, "consent"), WRITING: (HAND_OVER, "still-open"), ERASE: (PRIVACY, "ask-erase")}


def wants_same_again(ctx: Context) -> bool:
    """Return whether the last reply is wanted shorter, simpler, again, or at greater length."""
    return ctx.act in AGAIN


def say_again(ctx: Context, rule: str) -> list[Move]:
    """Give the last reply once more, whatever it was, and short where that was asked for."""
    state, short = ctx.state, AGAIN[ctx.act]
    if state.flow in OPEN_QUESTIONS:
        action, step = OPEN_QUESTIONS[state.flow]
        return [Move(action, rule, {"step": step})]
    if state.kind == SAFETY and state.card:
        return [Move(CARD, rule, {"card": state.card, "situation": ""})]
    if state.kind == VERDICT and state.claims:
        last = [claim for claim in judged_claims(state) if claim.type in {kept["type"] for kept in state.claims}]
        return [judge_move(ctx, rule, last, again=True, newer=list(state.newer), brief=short)]
    if state.situations:
        return [answer_move(ctx, rule, state.situations, short=short)]
    return [Move(ASK_BACK, rule, {"situations": [], "reply": "nothing-before"})]


def goes_back(ctx: Context) -> bool:
    """Return whether a subject of earlier turns is to be taken up again: "back to the first thing", "as I asked before"."""
    says_so = holds(ctx.words.back, ctx.reading.text) and ctx.reading.confidence < ctx.thresholds.sure
    return bool(ctx.state.history) and (ctx.act == BACK or (says_so and bool(earlier_subject(ctx))))


def go_back(ctx: Context, rule: str) -> list[Move]:
    """Answer that subject once more; ask which one where the message does not say."""
    found = earlier_subject(ctx)
    if found:
        return [answer_move(ctx, rule, [found])]
    choices = list(reversed(ctx.state.history))[:MAX_CHOICES]
    return [Move(ASK_BACK, rule, {"situations": choices, "reply": "go-back-to-which"})]


def earlier_subject(ctx: Context) -> str:
    """Return the situation answered before that the message names by its place or by a word of its title; empty for none."""
    history, place = ctx.state.history, place_of(ctx.reading.text)
    if place is not None:
        return history[place] if -1 <= place < len(history) else ""
    titles = {name: plain(ctx.library.situations[name].title) for name in history if name in ctx.library.situations}
    words = plain(ctx.reading.text).replace("?", "").split()
    said = {word for word in words if len(word) >= MIN_WORD_CHARS and word not in ctx.words.question_openings}
    shared = {name: sum(1 for word in said if _is_in(word, title)) for name, title in titles.items()}
    best = max(shared.values(), default=0)
    named = [name for name, count in shared.items() if count == best and best]
    return named[0] if len(named) == 1 else history[0] if len(history) == 1 else ""


def compares_cells(ctx: Context) -> bool:
    """Return whether two kinds of cells that were spoken of are to be compared: "and how do the two compare?"."""
    cells = {_cells(ctx, name) for name in ctx.state.history}
    return ctx.act == COMPARES and {TRANSPLANT_CELLS, "msc"} <= cells


def compare_cells(ctx: Context, rule: str) -> list[Move]:
    """Set the two side by side."""
    return [answer_move(ctx, rule, [BOTH_CELLS])]


def _cells(ctx: Context, name: str) -> str:
    situation = ctx.library.situations.get(name)
    return str(situation.defaults.cells or "") if situation else ""


def _is_in(word: str, title: str) -> bool:
    stem = word.rstrip("s")
    return any(opening((stem,)).match(other.rstrip("s")) for other in title.split())
