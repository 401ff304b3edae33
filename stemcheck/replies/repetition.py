"""No reply comes word for word three times running."""

from dataclasses import replace

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker, digest
from stemcheck.replies.situation_answer import buttons

KEPT = 2  # replies that are remembered; the third is told from them
WAY_OUT = ("person-and-privacy/talk-to-person",)


def avoid_repetition(
    library: Library, answer: Answer, before: DialogueState, after: DialogueState
) -> tuple[Answer, DialogueState]:
    """Return the reply, with a sentence before it and a way out after it when its text would come for the third time running."""
    if before.said == (digest(answer.text),) * KEPT:
        picker = WordingPicker(library, after)
        is_card = answer.kind == "safety"
        lead = picker.say("repeated-card" if is_card else "repeated")
        ways_out = () if is_card else buttons(library, WAY_OUT)
        shown = tuple(one for one in answer.suggestions if one not in ways_out)
        answer = replace(answer, text=paragraphs(lead, answer.text), suggestions=(*shown, *ways_out))
        after = picker.remember(after)
    return answer, replace(after, said=(*before.said, digest(answer.text))[-KEPT:])
