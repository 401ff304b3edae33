"""From what was understood to the reply: which of the answers fits this message."""

from collections.abc import Callable, Sequence

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.answer import Answer
from stemcheck.answers.claim_cards import is_flagged
from stemcheck.answers.facts import MOST_FACTS, answer_facts
from stemcheck.answers.follow_up import FOLLOW_UPS, follow_up
from stemcheck.answers.memory import Memory
from stemcheck.answers.people_and_privacy import (
    ask_before_erasing,
    erase_or_keep,
    give_copy,
    hand_over,
    tell_what_is_stored,
)
from stemcheck.answers.safety import safety_answer
from stemcheck.answers.small_replies import ask_back, decline, small_talk
from stemcheck.answers.topic_in_mind import with_topic_in_mind
from stemcheck.answers.understood import OUT_OF_SCOPE_PREFIX, SAFETY_PREFIX, Understood, fact_of
from stemcheck.answers.verdicts import judge_claims
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

# Shares of the best fact's confidence; set on evaluation of our own examples, see docs/decisions/0003.
SECOND_FACT = 0.45  # a second or third fact is told as well from this share on
SURE = 0.30  # below this confidence the visitor is asked back
GUESS = 0.12  # below this one nothing is offered
ASKED_CLAIM_OVER_FACT = 0.5  # a question is judged as a claim unless a fact's confidence is above this

SMALL_TALK = {
    "greet": "greet",
    "goodbye": "goodbye",
    "thanks": "thanks",
    "ask_bot": "ask-bot",
    "ask_capabilities": "capabilities",
    "how_are_you": "how-are-you",
    "compliment": "compliment",
    "complaint": "complaint",
    "acknowledge": "acknowledge",
    "affirm": "affirm-open",
    "deny": "deny-open",
    "figure_of_speech": "figure-of-speech",
    "paste_advert": "paste-advert",
    "stop": "nothing-running",
    "go_back": "nothing-running",
    "skip": "nothing-running",
    "not_sure": "affirm-open",
    "start_again": "started-again",
}


def respond(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the reply to a message, and what to remember of it."""
    if understood.safety:
        return safety_answer(library, understood.safety, memory, settings.country)
    if memory.running == "erase" and understood.intent in ("affirm", "deny"):
        return erase_or_keep(library, memory, erase=understood.intent == "affirm")
    if understood.claims:
        reply = _reply_to_claims(library, understood, memory)
        if reply:
            return reply
    if understood.intent.startswith(SAFETY_PREFIX):
        return safety_answer(library, understood.intent.removeprefix(SAFETY_PREFIX), memory, settings.country)
    service = SERVICES.get(understood.intent)
    if service:
        return service(library, settings, memory)
    if understood.intent in SMALL_TALK:
        return small_talk(library, SMALL_TALK[understood.intent], memory)
    if is_advert(understood.text) and not choose_facts(library, understood, sure=0.6):
        return report_advert(library, understood.text, [], memory)
    return _reply_to_question(library, with_topic_in_mind(library, understood, memory), memory)


def _reply_to_claims(library: Library, understood: Understood, memory: Memory) -> Reply | None:
    """Return the verdict, or None when the message asks for a fact rather than for a claim's truth."""
    claims = list(understood.claims)
    said = [claim for claim in claims if claim.mode != "asked"]
    if is_advert(understood.text) and said:
        return report_advert(library, understood.text, claims, memory)
    asked_besides = choose_facts(library, understood, sure=ASKED_CLAIM_OVER_FACT)
    if not any(is_flagged(library, claim) for claim in claims) and asked_besides and not _is_sure(claims):
        return None
    covered = {fact for claim in claims for fact in library.claim_types[claim.type].facts}
    also = [fact for fact in asked_besides if fact not in covered][:1]
    return judge_claims(library, claims, memory, also=also)


def _is_sure(claims: Sequence[FoundClaim]) -> bool:
    return max(claim.probability for claim in claims) >= 0.8


def _reply_to_question(library: Library, understood: Understood, memory: Memory) -> Reply:
    if understood.intent in FOLLOW_UPS:
        return follow_up(library, understood.intent, memory)
    facts = choose_facts(library, understood, sure=SURE)
    if facts:
        return answer_facts(library, facts, memory)
    if understood.intent.startswith(OUT_OF_SCOPE_PREFIX) and understood.confidence >= SURE:
        return decline(library, understood.intent.removeprefix(OUT_OF_SCOPE_PREFIX), memory)
    near = [
        fact
        for intent, confidence in understood.ranking
        if confidence >= GUESS and (fact := fact_of(intent, library.facts))
    ]
    if near:
        return ask_back(library, near, memory)
    return decline(library, "unclear", memory)


def choose_facts(library: Library, understood: Understood, *, sure: float) -> list[str]:
    """Return one to three facts if a fact is the likeliest intent: the best one, and those nearly as likely."""
    best = fact_of(understood.intent, library.facts)
    if not best or understood.confidence < sure:
        return []
    least = understood.confidence * SECOND_FACT
    likely = [fact_of(intent, library.facts) for intent, confidence in understood.ranking if confidence >= least]
    return [fact for fact in likely if fact][:MOST_FACTS]


Service = Callable[[Library, Settings, Memory], Reply]
SERVICES: dict[str, Service] = {
    "talk_to_person": hand_over,
    "ask_stored-data": tell_what_is_stored,
    "forget_me": lambda library, _, memory: ask_before_erasing(library, memory),
    "export_data": lambda library, _, memory: give_copy(library, memory),
}
