"""No reply comes word for word three times running."""

import hashlib
from dataclasses import replace

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.suggestions import suggest_next
from stemcheck.content.library import Library

Reply = tuple[Answer, Memory]

KEPT = 2  # replies that are remembered; the third is told from them


def vary(library: Library, reply: Reply, before: Memory) -> Reply:
    """Return the reply, with a sentence before it and a way out after it when its text would come for the third time running."""
    answer, memory = reply
    if before.said == (digest(answer.text),) * KEPT:
        voice = Voice(library, memory)
        is_card = answer.kind == "safety"
        lead = voice.say("repeated-card" if is_card else "repeated")
        ways_out = () if is_card else suggest_next(library, "person")
        shown = tuple(one for one in answer.suggestions if one not in ways_out)
        answer = replace(answer, text=paragraphs(lead, answer.text), suggestions=(*shown, *ways_out))
        memory = voice.remember(memory)
    return answer, replace(memory, said=(*before.said, digest(answer.text))[-KEPT:])


def digest(text: str) -> str:
    """Return what stands for a text in the memory, which holds no reply word for word."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
