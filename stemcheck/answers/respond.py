"""From what was understood to the reply: which of the answers fits this message."""

import re
from collections.abc import Callable
from dataclasses import replace

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import (
    SURE,
    choose_facts,
    facts_at_border,
    facts_beside_claims,
    facts_of_parts,
    near_facts,
)
from stemcheck.answers.claims_in_mind import LONGEST, about_judged_claims
from stemcheck.answers.clinic_check import (
    NO,
    RUNNING,
    YES,
    answer_of,
    ask_again,
    go_on,
    note_claims,
    repeat,
    start_check,
)
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.follow_up import FOLLOW_UPS, follow_up
from stemcheck.answers.memory import Memory
from stemcheck.answers.message_to_team import (
    OFFERED,
    WRITING,
    after_message,
    answer_offer,
    ask_for_message_again,
    hand_over,
    take_message,
)
from stemcheck.answers.ordinals import pick
from stemcheck.answers.people_and_privacy import (
    ERASE,
    ask_before_erasing,
    erase_or_keep,
    give_copy,
    tell_what_is_stored,
)
from stemcheck.answers.repetition import vary
from stemcheck.answers.safety import safety_answer
from stemcheck.answers.small_replies import SMALL_TALK, ask_back, decline, small_talk
from stemcheck.answers.topic_in_mind import points_back, with_topic_in_mind
from stemcheck.answers.unclear_claim import answer_unclear_claim
from stemcheck.answers.understood import CHECK_CLAIM, OUT_OF_SCOPE_PREFIX, SAFETY_PREFIX, Understood, fact_of
from stemcheck.answers.verdicts import judge_claims, keep_claims
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

# small talk that must not sound as if no card had been shown
AFTER_CARD = frozenset({"greet", "thanks", "acknowledge", "affirm", "deny", "how_are_you", "figure_of_speech"})
QUESTIONS_BACK = (ERASE, OFFERED)
# "the other kind" cannot be what was told just now, whatever the network reads
OTHER_KIND = re.compile(r"\bother (kind|sort|type|one)s?\b", re.IGNORECASE)
STOPPED_MEDICINE = "stopped-medicine"
SURE_OF_SAFETY = 0.5  # where the plain rule is silent, the network alone needs this confidence to show a card
UNCLEAR = f"{OUT_OF_SCOPE_PREFIX}unclear"
DOUBTFUL = 0.5  # a claim asked about with less probability gives way to the last answer's topic
FACT_OVER_ASKED_CLAIM = 0.5  # a question counts as one for a fact, not for a claim's truth, from this confidence on


def respond(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the reply to a message, and what to remember of it. No text comes three times running."""
    return vary(library, _choose_reply(library, settings, understood, memory), memory)


def _choose_reply(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    if understood.safety:
        return _show_card(library, settings, understood, memory)
    if memory.running == ERASE:
        if answer_of(understood) in (YES, NO):
            return _erase_or_keep(library, memory, erase=answer_of(understood) == YES)
        # a later yes must not erase anything; a check that was going on is the one running again
        memory = replace(memory, running=RUNNING if memory.check else "")
    if memory.running in (OFFERED, WRITING) and not _calls_for_card(understood):
        return _reply_beside_message(library, settings, understood, memory)
    if memory.running == RUNNING and not _calls_for_card(understood):
        return _reply_in_check(library, settings, understood, memory)
    return _reply_outside(library, settings, understood, memory)


def _show_card(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the safety card. Claims beside it are kept for "so was it right what they told me?".

    An advert that tells its readers to leave their medicine brings the card and then its report; in danger the card stands alone.
    """
    answer, remembered = safety_answer(library, understood.safety, memory, settings.country, understood.region)
    claims = keep_claims([claim.as_dict() for claim in understood.claims])
    if understood.safety == STOPPED_MEDICINE and is_advert(understood.text) and claims:
        report, _ = report_advert(library, understood.text, understood.claims, memory, after_card=True)
        answer = replace(answer, following=report)
    return answer, replace(remembered, judged=claims or remembered.judged)


def _reply_beside_message(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return what follows in taking a message for the team; what is asked in between is answered first."""
    is_writing = memory.running == WRITING
    following = (take_message if is_writing else answer_offer)(library, understood, memory)
    if following:
        return following
    if not is_writing:
        return _choose_reply(library, settings, understood, after_message(memory))
    reply = _reply_outside(library, settings, understood, after_message(memory))
    return reply if reply[1].running in QUESTIONS_BACK else ask_for_message_again(library, reply)


def _reply_in_check(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the next question of the clinic check; what is asked in between is answered first."""
    following = go_on(library, understood, memory)
    if following:
        return following
    if understood.claims:
        noted = note_claims(memory, understood)
        lead = "clinic-check-go-on" if noted == memory else "clinic-check-claims"
        return ask_again(library, _reply_to_claims(library, understood, noted), lead=lead)
    if understood.intent in SMALL_TALK or not _asks_something(library, understood):
        return repeat(library, memory)
    reply = _reply_outside(library, settings, understood, memory)
    # a yes or no after "shall I erase this chat?" must not be taken for an answer about the clinic
    return reply if reply[1].running in QUESTIONS_BACK else ask_again(library, reply)


def _erase_or_keep(library: Library, memory: Memory, *, erase: bool) -> Reply:
    reply = erase_or_keep(library, memory, erase=erase)
    return ask_again(library, reply) if memory.check and not erase else reply


def _calls_for_card(understood: Understood) -> bool:
    return understood.intent.startswith(SAFETY_PREFIX) and understood.confidence >= SURE_OF_SAFETY


def _asks_something(library: Library, understood: Understood) -> bool:
    return understood.confidence >= SURE and understood.intent not in (CHECK_CLAIM, UNCLEAR)


def _reply_outside(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    is_alarm = _calls_for_card(understood) and not understood.claims
    following = None if is_alarm else about_judged_claims(library, understood, memory)
    if following:
        return following
    if understood.claims:
        return _reply_to_claims(library, understood, memory)
    if is_alarm:
        return safety_answer(
            library, understood.intent.removeprefix(SAFETY_PREFIX), memory, settings.country, understood.region
        )
    if understood.claim_question in ("is-it-true", "told-right"):
        return follow_up(library, "ask_verdict", memory)
    pointed_at = pick(understood.text, memory.listed, memory.facts) if len(understood.text) <= LONGEST else None
    if pointed_at:
        reply = answer_facts(library, [pointed_at], memory)
        return reply[0], replace(reply[1], listed=memory.listed)
    if understood.intent in SERVICES:
        return SERVICES[understood.intent](library, settings, memory)
    if understood.intent in SMALL_TALK:
        is_after_card = memory.kind == "safety" and understood.intent in AFTER_CARD
        return small_talk(library, "after-safety" if is_after_card else SMALL_TALK[understood.intent], memory)
    if is_advert(understood.text) and not choose_facts(library, understood):
        return report_advert(library, understood.text, [], memory)
    return _reply_to_question(library, with_topic_in_mind(library, understood, memory), memory)


def _reply_to_claims(library: Library, understood: Understood, memory: Memory) -> Reply:
    """Judge the claims; a question for a fact that only sounds like one for a claim gets the fact."""
    claims = list(understood.claims)
    said = [claim for claim in claims if claim.mode != "asked"]
    if said and is_advert(understood.text):
        return report_advert(library, understood.text, claims, memory)
    if not said and fact_of(understood.intent, library.facts) and understood.confidence >= FACT_OVER_ASKED_CLAIM:
        return answer_facts(library, choose_facts(library, understood), memory)
    if (
        memory.facts
        and points_back(understood.text)
        and all(claim.mode == "asked" and claim.probability < DOUBTFUL for claim in claims)
    ):
        facts = choose_facts(library, with_topic_in_mind(library, understood.without(CHECK_CLAIM), memory))
        if facts:
            return answer_facts(library, facts, memory)
    return judge_claims(library, claims, memory, also=facts_beside_claims(library, understood, claims))


def _reply_to_question(library: Library, understood: Understood, memory: Memory) -> Reply:
    if understood.intent in FOLLOW_UPS:
        return follow_up(library, understood.intent, memory)
    if understood.intent == "correct_topic":
        return _correct_topic(library, understood, memory)
    in_topic = bool(memory.facts) and points_back(understood.text)
    border = [] if in_topic else facts_at_border(library, understood)
    if border:
        return ask_back(library, border, memory)
    facts = choose_facts(library, understood, in_topic=in_topic)
    if facts and OTHER_KIND.search(understood.text) and set(facts) <= set(memory.facts):
        return follow_up(library, "other_kind", memory)
    if facts:
        return answer_facts(library, facts, memory)
    if understood.intent.startswith(OUT_OF_SCOPE_PREFIX) and understood.confidence >= SURE:
        return decline(library, understood.intent.removeprefix(OUT_OF_SCOPE_PREFIX), memory)
    if understood.intent == CHECK_CLAIM:
        return answer_unclear_claim(library, understood, memory)
    near = near_facts(library, understood)
    return ask_back(library, near, memory) if near else decline(library, "unclear", memory)


def _correct_topic(library: Library, understood: Understood, memory: Memory) -> Reply:
    """Take the best fact of a message like "no, I meant fat cells"; ask back when it names none."""
    without = understood.without("correct_topic", CHECK_CLAIM)
    facts = facts_of_parts(library, without, sure=SURE) or choose_facts(library, without)
    if facts:
        return answer_facts(library, facts, memory, lead="correct-topic")
    others = [intent for intent, _ in without.ranking if not fact_of(intent, library.facts)]
    near = near_facts(library, without.without(*others))
    return ask_back(library, near or list(memory.facts), memory, lead="correct-topic-unclear")


Service = Callable[[Library, Settings, Memory], Reply]
SERVICES: dict[str, Service] = {
    "clinic_check": lambda library, _, memory: start_check(library, memory),
    "talk_to_person": hand_over,
    "ask_stored-data": tell_what_is_stored,
    "forget_me": lambda library, _, memory: ask_before_erasing(library, memory),
    "export_data": lambda library, _, memory: give_copy(library, memory),
}
