"""The reply to what is only said, a hope, a doubt or a story: the fact or the verdict that it is about, if it is about one."""

from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import SURE, fact_of_statement
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.follow_up import follow_up
from stemcheck.answers.memory import Memory
from stemcheck.answers.topic_in_mind import points_back
from stemcheck.answers.understood import CHECK_CLAIM, Understood
from stemcheck.content.examples import STATEMENTS
from stemcheck.content.library import Library

DOUBT, HOPE = "share_doubt", "share_hope"
HOPE_FACTS = ("ms-hope", "early-stage")


def reply_to_statement(library: Library, understood: Understood, memory: Memory) -> tuple[Answer, Memory] | None:
    """Return the reply; None for a message that asks, and for a statement that a kind word will do for."""
    if understood.intent not in STATEMENTS:
        return None
    if understood.intent == DOUBT and memory.kind == "verdict" and points_back(understood.text):
        return follow_up(library, "ask_verdict", memory)
    if understood.intent == HOPE:
        is_sure = understood.confidence >= SURE
        return answer_facts(library, HOPE_FACTS, memory, lead="share-hope") if is_sure else None
    fact = fact_of_statement(library, understood, *STATEMENTS, CHECK_CLAIM)
    return answer_facts(library, [fact], memory) if fact else None
