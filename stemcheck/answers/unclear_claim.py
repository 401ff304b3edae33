"""A message that sounds like a claim in which none was found for sure: its questions, the likeliest claim, or a question back."""

from dataclasses import replace

from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import facts_of_parts, near_facts
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.memory import Memory
from stemcheck.answers.small_replies import ask_back, decline
from stemcheck.answers.understood import CHECK_CLAIM, Understood
from stemcheck.answers.verdicts import judge_claims
from stemcheck.content.library import Library

Reply = tuple[Answer, Memory]

ALMOST = 0.3  # a claim with less probability is not even taken up as a question


def answer_unclear_claim(library: Library, understood: Understood, memory: Memory) -> Reply:
    """Return the facts that its parts ask for, else the verdict on the likeliest claim, else two or three things to choose from.

    The claim counts as asked and is not flagged, as nobody can be sure that it was made.
    """
    facts = facts_of_parts(library, understood)
    if facts:
        return answer_facts(library, facts, memory)
    likely = [claim for claim in understood.possible if claim.probability >= ALMOST]
    if likely:
        best = max(likely, key=lambda claim: claim.probability)
        lead = "" if best.mode == "asked" else "may-be-claim"
        return judge_claims(library, [replace(best, mode="asked")], memory, lead=lead)
    near = near_facts(library, understood.without(CHECK_CLAIM))
    return ask_back(library, near, memory) if near else decline(library, "unclear", memory)
