"""What the visitor may do with this chat: have it erased, or a copy of it."""

from collections.abc import Mapping
from typing import Any

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.dialogue.flow_rules import ERASE, IN_CHECK

BUTTONS = ({"title": "Yes, erase it", "text": "Yes, erase it"}, {"title": "No, keep it", "text": "No, keep it"})


def protect_privacy(library: Library, state: DialogueState, args: Mapping[str, Any]) -> tuple[Answer, DialogueState]:
    """Return what a step says: ask-erase, erase, keep, or export. `action` tells web service and widget what to do."""
    picker, step = WordingPicker(library, state), str(args["step"])
    if step == "ask-erase":
        answer = Answer("privacy", picker.say("privacy-forget-confirm"), suggestions=BUTTONS, extra={"asks": "erase"})
        return answer, picker.remember(state, flow=ERASE)
    if step == "export":
        return Answer("privacy", picker.say("export"), extra={"action": "export"}), picker.remember(state)
    reply, extra = ("privacy-forgotten", {"action": "erase"}) if step == "erase" else ("privacy-kept", {})
    return Answer("privacy", picker.say(reply), extra=extra), picker.remember(
        state, flow=IN_CHECK if state.check else ""
    )
