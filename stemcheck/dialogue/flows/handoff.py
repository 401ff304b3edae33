"""A person to talk to, and a message to the team, taken with consent: contact, yes or no, the message itself, a plain receipt."""

from collections.abc import Mapping
from typing import Any

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.dialogue.flow_rules import IN_CHECK, OFFERED, WRITING
from stemcheck.settings import Settings

YES_NO = (
    {"title": "Yes, take a message", "text": "Yes, take a message"},
    {"title": "No, thank you", "text": "No, thank you"},
)
CANCEL_BUTTON = ({"title": "Cancel", "text": "Cancel"},)
ASKS = {"asks": "message"}

Outcome = tuple[Answer, DialogueState]


def describe_contact(library: Library, settings: Settings) -> dict[str, str]:
    """Return who answers when a visitor wants a person: `name`, `text`, `url`, `phone`; set by the operator or the default."""
    default = library.contacts["default"]
    if settings.contact_name:
        return {"name": settings.contact_name, "text": "", "url": settings.contact_url, "phone": settings.contact_phone}
    return {"name": default.name, "text": default.text, "url": str(default.url or ""), "phone": ""}


def hand_over(library: Library, settings: Settings, state: DialogueState, args: Mapping[str, Any]) -> Outcome:
    """Return what a step of the handoff says. Its kind marks the conversation for the support team."""
    picker, step = WordingPicker(library, state), str(args["step"])
    if step == "offer":
        return _offer(library, settings, state, picker)
    if step == "consent":
        return Answer("handoff", picker.say("handoff-consent"), suggestions=YES_NO, extra=dict(ASKS)), picker.remember(
            state, flow=OFFERED
        )
    if step in ("write", "still-open"):
        reply = "handoff-write" if step == "write" else "handoff-still-open"
        return Answer("handoff", picker.say(reply), suggestions=CANCEL_BUTTON), picker.remember(state, flow=WRITING)
    # `action` tells the web service to keep the visitor's words for the team
    extra = {"action": "pass-on"} if step == "sent" else {}
    answer = Answer("handoff", picker.say(f"handoff-{step}"), extra=extra)
    return answer, picker.remember(state, flow=IN_CHECK if state.check else "")


def _offer(library: Library, settings: Settings, state: DialogueState, picker: WordingPicker) -> Outcome:
    contact = describe_contact(library, settings)
    ways = "\n".join(line for line in (contact["phone"], contact["url"]) if line)
    lead = picker.say("handoff", contact=contact["name"])
    text = paragraphs(lead, contact["text"], ways, picker.say("handoff-consent"))
    answer = Answer("handoff", text, suggestions=YES_NO, extra={"contact": contact, **ASKS})
    return answer, picker.remember(state, flow=OFFERED)
