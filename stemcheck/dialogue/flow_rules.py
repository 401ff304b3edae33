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
(any of these)    something else         unchanged         its answer first, then the open question again; the check waits
                                                           after three such in a row, until "go on"
"""

import re
from collections.abc import Callable, Sequence

from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.questions import is_question
from stemcheck.dialogue.words import holds, named_alone, named_first

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
MAX_ASIDES = 2  # other things asked one after the other, after each of which the check's question comes again
MAX_QUESTION_WORDS = 15  # a longer question has to be sure to be one for the assistant
SERVICE = "person-and-privacy"  # the group of what is asked about this service
TERMS = "clinic-check/what-is-"  # situations that explain a word of the check's questions
MAX_ERASE_WORDS = 5  # who says more than a yes may mean something else, and what is erased is gone
REPEATS = frozenset({"shorter", "simpler", "repeat"})
CANCEL = re.compile(
    r"^\W*(no|cancel|stop|never ?mind|forget it|leave it|not now|i changed my mind)\b.{0,20}$", re.IGNORECASE
)
CONTACT = re.compile(r"@|(\d\D{0,2}){6}")  # an e-mail address or a telephone number
# rules that settle an open question themselves, so that it is not asked again
SETTLING = ("alarm", "erase-", "message-", "check-", "wants-person", "wants-erasure", "wants-check", "claim-stops")
# rules after which a check that waited goes on
BACK_TO_CHECK = ("erase-answered", "message-taken", "message-cancelled", "message-declined")


def answer_of(ctx: Context) -> str:
    """Return the answer that a message is: yes, no, not sure, skipped, or nothing; a question and a correction are none."""
    if ctx.reading.text.rstrip().endswith("?") or ctx.reading.is_correction:
        return ""
    said = named_first(ctx.words.answers, ctx.reading.text)
    if (
        said == NOT_SURE
        and ctx.reading.situation.startswith(TERMS)
        and ctx.reading.confidence >= ctx.thresholds.act_sure
    ):
        return ""  # "I don't know what an ethics board is" asks for the word
    return {"skip": SKIPPED}.get(said, said) or ANSWERS.get(ctx.act, "")


def answers_erase(ctx: Context) -> bool:
    """Return whether the question whether to erase gets its yes or no."""
    answer = answer_of(ctx)
    is_plain = answer == NO or (answer == YES and len(ctx.reading.text.split()) <= MAX_ERASE_WORDS)
    return ctx.state.flow == ERASE and is_plain


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
    return ctx.state.flow == WRITING and not is_for_assistant(ctx)


def is_for_assistant(ctx: Context) -> bool:
    """Return whether what is written in place of a message asks the assistant: it says no way to be reached, and nothing to a team.

    A short question is taken for one however it is read, a long one where it is sure what it asks. Nothing is lost either way:
    after an answer the message is still awaited.
    """
    text = ctx.reading.text
    if CONTACT.search(text) or holds(ctx.words.for_team, text):
        return False
    if ctx.act in ("stored_data", "export", "erase", "talk_to_person") or named_alone(ctx.words.again, text):
        return True
    is_sure = ctx.reading.confidence >= ctx.thresholds.sure
    asks = text.rstrip().endswith("?") or (is_question(ctx, text) and is_sure)
    return asks and (is_sure or len(text.split()) <= MAX_QUESTION_WORDS)


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


def steering_of(ctx: Context) -> str:
    """Return the event by which a message steers a running check: plain words first, then what the network reads."""
    said = named_alone(ctx.words.steering, ctx.reading.text) or ctx.act
    if ctx.state.check.get("asides", 0) > MAX_ASIDES and answer_of(ctx) in (YES, NO):
        return "where" if answer_of(ctx) == YES else "stop"  # the check waited, and its question was not on the screen
    asks_again = said in REPEATS and ctx.state.kind == IN_CHECK
    return "where" if asks_again else STEERING.get(said, "")


def steers_check(ctx: Context) -> bool:
    """Return whether a running check is to stop, begin again, go back, or put its question once more."""
    return ctx.state.flow == IN_CHECK and bool(steering_of(ctx))


def steer_check(ctx: Context, rule: str) -> list[Move]:
    """Do so."""
    return [Move(CHECK, rule, {"event": steering_of(ctx)})]


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
    if ctx.state.flow == OFFERED and _asks_service(moves):
        return [Move(HAND_OVER, rule, {"step": "consent"})]
    if ctx.state.flow == IN_CHECK:
        claims = [{"type": claim.type, "text": claim.text} for claim in ctx.reading.said_claims]
        return [Move(CHECK, rule, {"event": "again", "claims": claims})]
    return [Move(HAND_OVER, rule, {"step": "still-open"})] if ctx.state.flow == WRITING else []


def _asks_service(moves: Sequence[Move]) -> bool:
    """Return whether what was asked between is about this service: "who reads my message?" leaves the offer open."""
    asked = [name for move in moves for name in move.args.get("situations", ())]
    return bool(asked) and all(name.startswith(f"{SERVICE}/") for name in asked)


def _returns_to_check(ctx: Context, rule: str, moves: Sequence[Move]) -> bool:
    """Return whether a question that was put in between is settled, or left unanswered, so that the check goes on."""
    is_left = ctx.state.flow in (ERASE, OFFERED) and not rule.startswith(SETTLING)
    is_erased = any(move.args.get("step") == "erase" for move in moves)
    return (rule in BACK_TO_CHECK or is_left) and not is_erased
