"""Rules on what runs over turns: the guided clinic check, a message to the team, erasing the chat.

state             event                  next state        move
(any)             wants-check            clinic-check      first question
clinic-check      answer, skip           clinic-check      next question, or the report at the end
clinic-check      stop                   (none)            stopped
clinic-check      back, again            clinic-check      the question before, the first one
(any)             wants-person           message-offered   contact, and the question whether to take a message
message-offered   yes                    message-writing   invitation to write
message-offered   no                     (before)          declined
message-writing   message                (before)          receipt
message-writing   cancel                 (before)          cancelled
(any)             wants-erasure          erase             question whether to erase
erase             yes, no                (before)          erased, kept
(any of these)    something else         unchanged         its answer first, then the open question again
"""

import re
from collections.abc import Callable, Sequence

from stemcheck.dialogue.context import Context, Move

CHECK, HAND_OVER, PRIVACY = "action_clinic_check", "action_hand_over", "action_protect_privacy"
IN_CHECK, OFFERED, WRITING, ERASE = "clinic-check", "message-offered", "message-writing", "erase"
YES, NO, NOT_SURE, SKIPPED = "yes", "no", "not-sure", "skipped"
ANSWERS = {"affirm": YES, "deny": NO, "not_sure": NOT_SURE, "skip": SKIPPED}
STEERING = {
    "stop": "stop",
    "start_again": "restart",
    "start_check": "restart",
    "go_back": "back",
    "where_were_we": "where",
}
MAX_QUESTION_WORDS = (
    15  # a short question without a way to reach the visitor is answered first, all else is the message
)
CANCEL = re.compile(
    r"^\W*(no|cancel|stop|never ?mind|forget it|leave it|not now|i changed my mind)\b.{0,20}$", re.IGNORECASE
)
CONTACT = re.compile(r"@|(\d\D{0,2}){6}")  # an e-mail address or a telephone number
# rules that settle an open question themselves, so that it is not asked again
SETTLING = ("alarm", "erase-", "message-", "check-", "wants-person", "wants-erasure", "wants-check", "claim-stops")
# rules after which a check that waited goes on
BACK_TO_CHECK = ("erase-answered", "message-taken", "message-cancelled", "message-declined")


def answer_of(ctx: Context) -> str:
    """Return the answer that a message is: yes, no, not sure, skipped, or nothing."""
    first = ctx.reading.text.strip().lower().replace("’", "'").rstrip(".!")
    for word, answer in (("yes", YES), ("no", NO), ("not sure", NOT_SURE), ("skip", SKIPPED)):
        if first == word or first.startswith((word + ",", word + " -", word + ".", word + " they", word + " it")):
            return answer
    return ANSWERS.get(ctx.act, "")


def answers_erase(ctx: Context) -> bool:
    """Return whether the question whether to erase gets its yes or no."""
    return ctx.state.flow == ERASE and answer_of(ctx) in (YES, NO)


def erase_or_keep(ctx: Context, rule: str) -> list[Move]:
    """Erase, or keep."""
    return [Move(PRIVACY, rule, {"step": "erase" if answer_of(ctx) == YES else "keep"})]


def cancels_message(ctx: Context) -> bool:
    """Return whether the visitor does not want to write a message after all."""
    text = ctx.reading.text
    is_word = ctx.act in ("stop", "go_back", "skip", "deny") and len(text.split()) <= 3
    return ctx.state.flow == WRITING and (bool(CANCEL.match(text)) or is_word)


def is_message_for_team(ctx: Context) -> bool:
    """Return whether this is the message for the team, or a yes that already says how to reach the visitor."""
    text = ctx.reading.text
    if ctx.state.flow == OFFERED:
        return answer_of(ctx) == YES and bool(CONTACT.search(text))
    if ctx.state.flow != WRITING:
        return False
    is_question = text.rstrip().endswith("?") and len(text.split()) <= MAX_QUESTION_WORDS
    asks_service = ctx.act in ("stored_data", "export", "erase", "talk_to_person")
    return bool(CONTACT.search(text)) or not (is_question or asks_service)


def accepts_message(ctx: Context) -> bool:
    """Return whether a message is to be taken."""
    asks_again = ctx.state.flow == WRITING and ctx.act == "talk_to_person"
    return asks_again or (ctx.state.flow == OFFERED and answer_of(ctx) == YES)


def declines_message(ctx: Context) -> bool:
    """Return whether none is to be taken."""
    return ctx.state.flow == OFFERED and answer_of(ctx) == NO


def gives_contact_early(ctx: Context) -> bool:
    """Return whether somebody wrote a number at once, without having said yes."""
    return ctx.state.flow == OFFERED and bool(CONTACT.search(ctx.reading.text))


def handoff(step: str) -> Callable[[Context, str], list[Move]]:
    """Return what makes the move of this step."""
    return lambda ctx, rule: [Move(HAND_OVER, rule, {"step": step})]


def privacy(step: str) -> Callable[[Context, str], list[Move]]:
    """Return what makes the move of this step."""
    return lambda ctx, rule: [Move(PRIVACY, rule, {"step": step})]


def steers_check(ctx: Context) -> bool:
    """Return whether a running check is to stop, begin again, or go back."""
    return ctx.state.flow == IN_CHECK and ctx.act in STEERING


def steer_check(ctx: Context, rule: str) -> list[Move]:
    """Do so."""
    return [Move(CHECK, rule, {"event": STEERING[ctx.act]})]


def answers_check(ctx: Context) -> bool:
    """Return whether the check's question gets an answer."""
    return ctx.state.flow == IN_CHECK and bool(answer_of(ctx))


def note_answer(ctx: Context, rule: str) -> list[Move]:
    """Note it, with the claims in the visitor's words."""
    claims = [{"type": claim.type, "text": claim.text} for claim in ctx.reading.said_claims]
    return [Move(CHECK, rule, {"event": "answer", "answer": answer_of(ctx), "claims": claims})]


def start_check(ctx: Context, rule: str) -> list[Move]:
    """Begin the check."""
    return [Move(CHECK, rule, {"event": "start"})]


def keep_going(ctx: Context, rule: str, moves: Sequence[Move]) -> list[Move]:
    """Return the move that asks a flow's open question again after something else was answered."""
    if ctx.state.check and _returns_to_check(ctx, rule, moves):
        return [Move(CHECK, rule, {"event": "again"})]
    if rule.startswith(SETTLING):
        return []
    if ctx.state.flow == IN_CHECK:
        claims = [{"type": claim.type, "text": claim.text} for claim in ctx.reading.said_claims]
        return [Move(CHECK, rule, {"event": "again", "claims": claims})]
    return [Move(HAND_OVER, rule, {"step": "still-open"})] if ctx.state.flow == WRITING else []


def _returns_to_check(ctx: Context, rule: str, moves: Sequence[Move]) -> bool:
    """Return whether a question that was put in between is settled, or left unanswered, so that the check goes on."""
    is_left = ctx.state.flow in (ERASE, OFFERED) and not rule.startswith(SETTLING)
    is_erased = any(move.args.get("step") == "erase" for move in moves)
    return (rule in BACK_TO_CHECK or is_left) and not is_erased
