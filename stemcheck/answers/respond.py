"""Which reply fits a message, by what is going on: a card, a question back, a message to the team, the clinic check, or nothing."""

from dataclasses import replace

from stemcheck.answers.alarms import alarm_in_note, alarm_of, show_card
from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import SURE
from stemcheck.answers.clinic_check import (
    NO,
    RUNNING,
    YES,
    answer_of,
    ask_again,
    go_on,
    note_claims,
    repeat,
)
from stemcheck.answers.memory import Memory
from stemcheck.answers.message_to_team import (
    OFFERED,
    WRITING,
    after_message,
    answer_offer,
    ask_for_message_again,
    take_message,
)
from stemcheck.answers.people_and_privacy import ERASE, erase_or_keep
from stemcheck.answers.repetition import vary
from stemcheck.answers.reply_to_claims import reply_to_claims
from stemcheck.answers.reply_to_message import UNCLEAR, reply_to_message
from stemcheck.answers.small_replies import SMALL_TALK
from stemcheck.answers.understood import CHECK_CLAIM, Understood
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

QUESTIONS_BACK = (ERASE, OFFERED)


def respond(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the reply to a message, and what to remember of it. No text comes three times running."""
    return vary(library, _choose_reply(library, settings, understood, memory), memory)


def _choose_reply(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    if understood.safety:
        return show_card(library, settings, understood, memory, understood.safety)
    if memory.running == ERASE:
        if answer_of(understood) in (YES, NO):
            return _erase_or_keep(library, memory, erase=answer_of(understood) == YES)
        # a later yes must not erase anything; a check that was going on is the one running again
        memory = replace(memory, running=RUNNING if memory.check else "")
    if memory.running in (OFFERED, WRITING) and not alarm_in_note(understood):
        return _reply_beside_message(library, settings, understood, memory)
    if memory.running == RUNNING and not alarm_of(understood):
        return _reply_in_check(library, settings, understood, memory)
    return reply_to_message(library, settings, understood, memory)


def _reply_beside_message(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return what follows in taking a message for the team; what is asked in between is answered first."""
    is_writing = memory.running == WRITING
    following = (take_message if is_writing else answer_offer)(library, understood, memory)
    if following:
        return following
    if not is_writing:
        return _choose_reply(library, settings, understood, after_message(memory))
    reply = reply_to_message(library, settings, understood, after_message(memory))
    return reply if reply[1].running in QUESTIONS_BACK else ask_for_message_again(library, reply)


def _reply_in_check(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the next question of the clinic check; what is asked in between is answered first."""
    following = go_on(library, understood, memory)
    if following:
        return following
    if understood.claims:
        noted = note_claims(memory, understood)
        lead = "clinic-check-go-on" if noted == memory else "clinic-check-claims"
        return ask_again(library, reply_to_claims(library, understood, noted), lead=lead)
    if understood.intent in SMALL_TALK or not _asks_something(understood):
        return repeat(library, memory)
    reply = reply_to_message(library, settings, understood, memory)
    # a yes or no after "shall I erase this chat?" must not be taken for an answer about the clinic
    return reply if reply[1].running in QUESTIONS_BACK else ask_again(library, reply)


def _erase_or_keep(library: Library, memory: Memory, *, erase: bool) -> Reply:
    reply = erase_or_keep(library, memory, erase=erase)
    return ask_again(library, reply) if memory.check and not erase else reply


def _asks_something(understood: Understood) -> bool:
    return understood.confidence >= SURE and understood.intent not in (CHECK_CLAIM, UNCLEAR)
