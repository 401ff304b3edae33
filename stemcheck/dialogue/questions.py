"""What a message asks about: the situations of its parts and that of the whole, without those that cannot be answered now."""

from collections.abc import Iterator

from stemcheck.content.situation_schema import Situation, labels_of
from stemcheck.conversation.reading import CLAIM, Part, Ranking
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import opening, plain

MAX_SITUATIONS = 4
ALARM, AFTER_CARD, FEELINGS = "alarm", "after-card", "feelings"
MAX_TOLD = 6  # parts of a message that may each tell something; of a longer text the whole is read, and its questions
MIN_LISTED = 3  # questions that one message lists: each is to get its answer, at a lower bound
MAX_CARD_AGE = 4  # replies after a card during which a message may still answer it
QUIET_GROUPS = frozenset({"small-talk"})  # said beside a question, these need no answer of their own
FLOW_ACTS = frozenset({"not_sure", "skip", "stop", "go_back", "start_again", "where_were_we"})
ALL_TRUE = "all_true"
LEADING = frozenset({"that_one", "back_to_earlier"})
ON_VERDICT = "after-verdict"  # a part of a message is of this group only where something was judged: "… , what now?"
AGAIN_ACTS = frozenset({"shorter", "simpler", "repeat", "more"})
LEAD_INS = ("and ", "but ", "also ", "so ", "then ", "ok ", "okay ", "plus ")


def questions_of(ctx: Context, parts: tuple[Part, ...] | None = None) -> list[str]:
    """Return the situations that the message asks about, in its order: those of its parts, and the likeliest of the whole.

    `parts` narrows it to some of the parts; the whole counts where none are given.
    """
    if ctx.reading.is_correction and parts is None:
        found = [name for name, sure in askable(ctx)[:1] if sure >= ctx.thresholds.part_asked]
        return [name for name in found if name in ctx.library.situations]
    names = list(_of_parts(ctx, ctx.reading.parts if parts is None else parts))
    whole = askable(ctx)[:1] if parts is None and len(names) < 2 else ()
    names += [name for name, sure in whole if sure >= ctx.thresholds.sure]
    known = [name for name in dict.fromkeys(names) if name in ctx.library.situations]
    return _needing_an_answer(ctx, known)[:MAX_SITUATIONS]


def askable(ctx: Context) -> Ranking:
    """Return the message's situations without those that cannot be answered now; of a correction, those of what was meant."""
    if ctx.reading.is_correction:
        meant = _fitting(ctx, ctx.reading.parts[0].ranking)
        whole = tuple(item for item in _fitting(ctx, ctx.reading.ranking) if ctx.acts.get(item[0]) != "correct_topic")
        return max(meant, whole, key=lambda ranking: ranking[0][1] if ranking else 0.0)
    return _fitting(ctx, ctx.reading.ranking)


def is_question(ctx: Context, text: str) -> bool:
    """Return whether a piece of a message asks something: by its question mark or its first word."""
    said = plain(text)
    while said.startswith(LEAD_INS):
        said = said.partition(" ")[2]
    return text.rstrip().endswith("?") or bool(opening(ctx.words.question_openings).match(said))


def own_feeling(situation: Situation) -> str:
    """Return the feeling that most messages of a situation carry, which its own reply takes up; empty for none."""
    felt = [labels_of(situation, message)["feeling"] for message in situation.messages]
    commonest = max(set(felt), key=felt.count, default="none")
    return "" if commonest == "none" or felt.count(commonest) * 2 < len(felt) else commonest


def feeling_beside(ctx: Context, names: list[str]) -> str:
    """Return the feeling to be met before these answers: the message's, where it is sure, or that of a part that only feels."""
    feeling = ctx.reading.label("feeling", ctx.thresholds.feeling_sure)
    if feeling and feeling != "none":
        return feeling
    told = [item for part in ctx.reading.parts if not is_question(ctx, part.text) for item in part.ranking[:1]]
    felt = [own_feeling(ctx.library.situations[name]) for name, sure in told if _may_feel(ctx, name, sure, names)]
    return next((name for name in felt if name), "")


def _may_feel(ctx: Context, name: str, sure: float, names: list[str]) -> bool:
    return sure >= ctx.thresholds.part_asked and name not in names and name in ctx.library.situations


def _of_parts(ctx: Context, parts: tuple[Part, ...]) -> Iterator[str]:
    asking = [is_question(ctx, part.text) for part in parts]
    is_told = any(sure >= ctx.thresholds.sure for _, sure in askable(ctx)[:1])
    bound = ctx.thresholds.part_asked if sum(asking) > 1 or is_told else ctx.thresholds.sure
    if sum(asking) >= MIN_LISTED:
        bound = min(bound, ctx.thresholds.part_listed)
    tells = len(parts) <= MAX_TOLD
    for part, asks in zip(parts, asking, strict=True):
        name, sure = next(iter(_fitting(ctx, part.ranking)), ("", 0.0))
        if name.startswith(f"{ON_VERDICT}/") and not ctx.state.judged:
            continue
        if sure >= (bound if asks else ctx.thresholds.part_sure) and (asks or tells):
            yield name


def _needing_an_answer(ctx: Context, names: list[str]) -> list[str]:
    """Leave out small talk beside a question, and a feeling that is met before its answer."""
    told = [ctx.library.situations[name] for name in names]
    asked = [str(item.id) for item in told if item.group not in QUIET_GROUPS and not _only_feels(item)]
    return asked or [str(item.id) for item in told if item.group not in QUIET_GROUPS] or names


def _only_feels(situation: Situation) -> bool:
    return situation.group == FEELINGS and situation.kind == "smalltalk"


def _fitting(ctx: Context, ranking: Ranking) -> Ranking:
    return tuple((name, sure) for name, sure in ranking if name == CLAIM or _fits(ctx, name, sure))


def _fits(ctx: Context, name: str, sure: float) -> bool:
    """Return whether a situation can be answered now: alarms are for safety cards, and some follow something else."""
    situation = ctx.library.situations.get(name)
    if situation is None or (situation.group == ALARM and situation.card):
        return False
    act, state = ctx.acts.get(name, ""), ctx.state
    if act in LEADING:  # their replies only lead to what is pointed at
        return bool(state.judged or state.history)
    if act == ALL_TRUE and not state.judged:  # it explains labels, where there is none
        return False
    if sure >= ctx.thresholds.sure:
        return True
    if situation.group == ON_VERDICT and not state.judged:
        return False
    if situation.group == AFTER_CARD:
        return bool(state.card) and state.card_age < MAX_CARD_AGE
    if act in FLOW_ACTS:
        return bool(state.flow or state.check)
    return act not in AGAIN_ACTS or bool(state.kind)
