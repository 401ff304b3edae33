"""What can be said to a message that is not clear: a near answer, a story that is met, the two likeliest subjects as a question."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, StrictStr

from stemcheck.content.reading import Reader
from stemcheck.conversation.reading import CLAIM, Ranking
from stemcheck.dialogue.answering import ASK_BACK, SMALL_TALK, answer_move
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.questions import askable, feeling_beside, is_question

FILE = Path("dialogue") / "subjects.yml"
MIN_STORY_WORDS, MAX_STORY_CHARS = 4, 280  # a longer one may be a text that somebody pasted
# who speaks of people tells something: it is met, whatever it was
PEOPLE = re.compile(
    r"\b(?:i|i'm|i've|i'd|my|he|she|him|her|his|hers|he's|she's|husband|wife|son|daughter|mum|mom|dad"
    r"|mother|father|brother|sister|friend)\b",
    re.IGNORECASE,
)
OTHERS_OFFERED = 2
MIN_SUBJECT = 0.08  # of a subject that a question back names; below it the question would be a riddle


class Subjects(BaseModel):
    """The groups of situations that a question back may name, in words that end "Is it about …?"."""

    subjects: Mapping[str, StrictStr]

    class Config:
        """Unknown lists are an error."""

        extra = "forbid"
        frozen = True


@lru_cache(maxsize=2)
def load_subjects(data_folder: Path) -> Mapping[str, str]:
    """Return the words for each group. Raises ContentError or ValidationError when the file is wrong."""
    return Subjects(**Reader(data_folder).read(data_folder / FILE)).subjects


def is_near(ctx: Context) -> bool:
    """Return whether the likeliest situation is barely likely, and what else it may be is of the same subject."""
    return bool(_near(ctx))


def answer_nearest(ctx: Context, rule: str) -> list[Move]:
    """Answer the likeliest one of the subject, and ask whether that was meant; the others of the subject are offered."""
    name, *others = [name for name, _ in _near(ctx)]
    move = answer_move(ctx, rule, [name])
    close = "" if ctx.library.situations[name].kind == SMALL_TALK else "likely-close"
    return [replace(move, args={**move.args, "close": close, "others": others[:OTHERS_OFFERED]})]


def tells_story(ctx: Context) -> bool:
    """Return whether somebody tells something of themselves or of a person, alone or before a question that is not understood."""
    if len(ctx.reading.text) > MAX_STORY_CHARS:
        return False
    pieces = [part.text for part in ctx.reading.parts] or [ctx.reading.text]
    told = [piece for piece in pieces if not _asks(ctx, piece)]
    return any(len(piece.split()) >= MIN_STORY_WORDS and PEOPLE.search(piece) for piece in told)


def meet_story(ctx: Context, rule: str) -> list[Move]:
    """Meet it, and say what the assistant can help with around it."""
    feeling = heard_feeling(ctx)
    is_asked = any(_asks(ctx, piece) for piece in (ctx.reading.text, *(part.text for part in ctx.reading.parts)))
    reply = "unclear-in-story" if is_asked else "unclear-feeling" if feeling else "unclear-story"
    return [Move(ASK_BACK, rule, {"situations": [], "reply": reply, "feeling": feeling})]


def _asks(ctx: Context, text: str) -> bool:
    return "?" in text or is_question(ctx, text)


def ask_subject(ctx: Context, rule: str) -> list[Move]:
    """Ask which of the two likeliest subjects it is; where none is likely, what the question was."""
    words, named = load_subjects(ctx.settings.data_folder), _by_subject(ctx)
    told = {"feeling": heard_feeling(ctx)}
    if len(named) < OTHERS_OFFERED:
        return [Move(ASK_BACK, rule, {"situations": [], **told})]
    groups = list(named)[:OTHERS_OFFERED]
    values = {"first": words[groups[0]], "second": words[groups[1]]}
    choices = [named[group][0][0] for group in groups]
    return [Move(ASK_BACK, rule, {"situations": choices, "reply": "which-subject", "values": values, **told})]


def heard_feeling(ctx: Context) -> str:
    """Return the feeling of a message that nothing else is sure in: it may be less plain than beside an answer."""
    likeliest = ctx.reading.label("feeling", ctx.thresholds.feeling_heard)
    return likeliest if likeliest not in ("", "none") else feeling_beside(ctx, [])


def _near(ctx: Context) -> Ranking:
    """Return the situations of the likeliest subject, where that stands out; else none."""
    ranking = tuple(item for item in askable(ctx) if item[0] != CLAIM and item[1] > 0)  # no claim was found in it
    if not ranking or ranking[0][1] < ctx.thresholds.near:
        return ()
    group = _group(ctx, ranking[0][0])
    if group not in load_subjects(ctx.settings.data_folder):
        return ()
    same = tuple(item for item in ranking if _group(ctx, item[0]) == group)
    runner_up = ranking[1][0] if len(ranking) > 1 else ""
    is_alone = sum(sure for _, sure in same) >= ctx.thresholds.near_subject
    return same if is_alone or _group(ctx, runner_up) == group else ()


def _by_subject(ctx: Context) -> dict[str, list[tuple[str, float]]]:
    """Return the situations that may be meant by their groups, the likeliest group first."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name, sure in askable(ctx):
        group = _group(ctx, name)
        if group in load_subjects(ctx.settings.data_folder) and sure > 0:
            found.setdefault(group, []).append((name, sure))
    weights = {group: sum(sure for _, sure in items) for group, items in found.items()}
    named = [group for group in found if weights[group] >= MIN_SUBJECT]
    return {group: found[group] for group in sorted(named, key=lambda group: -weights[group])}


def _group(ctx: Context, name: str) -> str:
    situation = ctx.library.situations.get(name)
    return str(situation.group) if situation else ""
