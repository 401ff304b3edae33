"""A message to the team, taken with consent: offer, yes or no, the message itself, a plain receipt."""

import re
from dataclasses import replace

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.clinic_check import NO, RUNNING, YES, answer_of, ask_again
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.people_and_privacy import describe_contact
from stemcheck.answers.understood import Understood
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

OFFERED, WRITING = "message-offered", "message-writing"  # what is running: a yes or no is awaited, or the message
LONGEST_QUESTION = (
    15  # words; a short question without a way to reach the visitor is answered first, all else is the message
)
SERVICES = frozenset({"ask_stored-data", "export_data", "forget_me"})  # asked for without a question mark as well
SURE_OF_SERVICE = 0.6
CANCELS = frozenset({"stop", "go_back", "skip", "deny"})
CANCEL = re.compile(
    r"^\W*(no|cancel|stop|never ?mind|forget it|leave it|not now|i changed my mind)\b.{0,20}$", re.IGNORECASE
)
CONTACT = re.compile(r"@|(\d\D{0,2}){6}")  # an e-mail address or a telephone number
YES_NO = (
    {"title": "Yes, take a message", "text": "Yes, take a message"},
    {"title": "No, thank you", "text": "No, thank you"},
)
ASKS = {"asks": "message"}
CANCEL_BUTTON = ({"title": "Cancel", "text": "Cancel"},)


def hand_over(library: Library, settings: Settings, memory: Memory) -> Reply:
    """Return the contact, and ask whether to take a message. The reply's kind marks the conversation for the support team."""
    voice = Voice(library, memory)
    contact = describe_contact(library, settings)
    ways = "\n".join(line for line in (contact["phone"], contact["url"]) if line)
    lead = voice.say("handoff", contact=contact["name"])
    text = paragraphs(lead, contact["text"], ways, voice.say("handoff-consent"))
    answer = Answer("handoff", text, suggestions=YES_NO, extra={"contact": contact, **ASKS})
    return answer, voice.remember(memory, running=OFFERED)


def answer_offer(library: Library, understood: Understood, memory: Memory) -> Reply | None:
    """Return what follows a yes or no to the offer; None when the message is something else."""
    answer = answer_of(understood)
    if answer == YES and CONTACT.search(understood.text):
        return _take(library, memory)
    if answer == YES:
        return _say(library, replace(memory, running=WRITING), "handoff-write", suggestions=CANCEL_BUTTON)
    if answer == NO:
        return _end(library, memory, "handoff-declined")
    # somebody who writes a number at once has not said yes yet
    has_contact = bool(CONTACT.search(understood.text))
    return _say(library, memory, "handoff-consent", suggestions=YES_NO, extra=ASKS) if has_contact else None


def take_message(library: Library, understood: Understood, memory: Memory) -> Reply | None:
    """Return the receipt for the message, or that it was cancelled; None when the visitor asks something in between."""
    if CANCEL.match(understood.text) or (understood.intent in CANCELS and len(understood.text.split()) <= 3):
        return _end(library, memory, "handoff-cancelled")
    if CONTACT.search(understood.text):
        return _take(library, memory)
    if understood.intent in SERVICES and understood.confidence >= SURE_OF_SERVICE:
        return None
    if not understood.text.rstrip().endswith("?") or len(understood.text.split()) > LONGEST_QUESTION:
        return _take(library, memory)
    # a question without a way to reach the visitor is one to the assistant
    asks_for_team = understood.intent == "talk_to_person"
    return _say(library, memory, "handoff-write", suggestions=CANCEL_BUTTON) if asks_for_team else None


def ask_for_message_again(library: Library, reply: Reply) -> Reply:
    """Return a reply to something asked in between, with the invitation to write the message put after it."""
    answer, memory = reply
    voice = Voice(library, memory)
    text = paragraphs(answer.text, voice.say("handoff-still-open"))
    return replace(answer, text=text, suggestions=CANCEL_BUTTON), voice.remember(memory, running=WRITING)


def after_message(memory: Memory) -> Memory:
    """Return the memory without the offer: a later yes must not begin a message; a guided check is the one running again."""
    return replace(memory, running=RUNNING if memory.check else "")


def _take(library: Library, memory: Memory) -> Reply:
    return _end(library, memory, "handoff-sent", action={"action": "pass-on"})


def _end(library: Library, memory: Memory, reply: str, *, action: dict[str, str] | None = None) -> Reply:
    """Return the last words on the message; `action` tells the web service to keep the visitor's words for the team."""
    ended = _say(library, after_message(memory), reply, extra=action)
    return ask_again(library, ended) if memory.check else ended


def _say(
    library: Library,
    memory: Memory,
    reply: str,
    *,
    suggestions: tuple[dict[str, str], ...] = (),
    extra: dict[str, str] | None = None,
) -> Reply:
    voice = Voice(library, memory)
    answer = Answer("handoff", voice.say(reply), suggestions=suggestions, extra={**(extra or {})})
    return answer, voice.remember(memory)
