"""The reply to a message when nothing else is going on: which of the answers fits what was understood."""

import re
from collections.abc import Callable
from dataclasses import replace

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.alarms import alarm_of, alarm_of_claims, follow_card, show_card
from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import (
    SURE,
    choose_facts,
    fact_of_statement,
    facts_at_border,
    facts_beside_claims,
    facts_of_parts,
    near_facts,
)
from stemcheck.answers.claims_in_mind import LONGEST, about_judged_claims
from stemcheck.answers.clinic_check import start_check
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.follow_up import FOLLOW_UPS, follow_up
from stemcheck.answers.memory import Memory
from stemcheck.answers.message_to_team import hand_over
from stemcheck.answers.ordinals import pick
from stemcheck.answers.people_and_privacy import ask_before_erasing, give_copy, tell_what_is_stored
from stemcheck.answers.small_replies import SMALL_TALK, ask_back, decline, small_talk
from stemcheck.answers.topic_in_mind import points_back, with_topic_in_mind
from stemcheck.answers.unclear_claim import answer_unclear_claim
from stemcheck.answers.understood import CHECK_CLAIM, OUT_OF_SCOPE_PREFIX, Understood, fact_of
from stemcheck.answers.verdicts import judge_claims
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

# small talk that must not sound as if no card had been shown
AFTER_CARD = frozenset(
    {
        "greet",
        "thanks",
        "acknowledge",
        "affirm",
        "deny",
        "how_are_you",
        "figure_of_speech",
        "share_doubt",
        "share_story",
    }
)
SHARE_DOUBT, SHARE_HOPE, SHARE_STORY = "share_doubt", "share_hope", "share_story"
HOPE_FACTS = ("ms-hope", "early-stage")
# "the other kind" cannot be what was told just now, whatever the network reads
OTHER_KIND = re.compile(r"\bother (kind|sort|type|one)s?\b", re.IGNORECASE)
UNCLEAR = f"{OUT_OF_SCOPE_PREFIX}unclear"
DOUBTFUL = 0.5  # a claim asked about with less probability gives way to the last answer's topic
SURE_OF_CLAIM = 0.8  # "can anyone promise me that?" is judged, however near a fact seems
FACT_OVER_ASKED_CLAIM = 0.5  # a question counts as one for a fact, not for a claim's truth, from this confidence on


def reply_to_message(library: Library, settings: Settings, understood: Understood, memory: Memory) -> Reply:
    """Return the reply to a message when nothing else is going on: a card, verdicts, facts, a person, small talk."""
    card = alarm_of(understood) or alarm_of_claims(library, understood)
    if card:
        return show_card(library, settings, understood, memory, card)
    following = about_judged_claims(library, understood, memory)
    if following:
        return following
    if understood.claims:
        return reply_to_claims(library, understood, memory)
    if memory.kind == "safety" and understood.intent in FOLLOW_UPS and understood.confidence >= SURE:
        return follow_card(library, settings, understood, memory)
    if understood.claim_question in ("is-it-true", "told-right"):
        return follow_up(library, "ask_verdict", memory)
    pointed_at = pick(understood.text, memory.listed, memory.facts) if len(understood.text) <= LONGEST else None
    if pointed_at:
        reply = answer_facts(library, [pointed_at], memory)
        return reply[0], replace(reply[1], listed=memory.listed)
    if understood.intent in SERVICES:
        return SERVICES[understood.intent](library, settings, memory)
    if understood.intent == SHARE_DOUBT and memory.kind == "verdict" and points_back(understood.text):
        return follow_up(library, "ask_verdict", memory)
    if understood.intent in (SHARE_DOUBT, SHARE_STORY):
        fact = fact_of_statement(library, understood, SHARE_DOUBT, SHARE_HOPE, SHARE_STORY, CHECK_CLAIM)
        if fact:
            return answer_facts(library, [fact], memory)
    if understood.intent in SMALL_TALK:
        is_after_card = memory.kind == "safety" and understood.intent in AFTER_CARD
        return small_talk(library, "after-safety" if is_after_card else SMALL_TALK[understood.intent], memory)
    if is_advert(understood.text) and not choose_facts(library, understood):
        return report_advert(library, understood.text, [], memory)
    return _reply_to_question(library, with_topic_in_mind(library, understood, memory), memory)


def reply_to_claims(library: Library, understood: Understood, memory: Memory) -> Reply:
    """Judge the claims; a question for a fact that only sounds like one for a claim gets the fact."""
    claims = list(understood.claims)
    said = [claim for claim in claims if claim.mode != "asked"]
    if said and is_advert(understood.text):
        return report_advert(library, understood.text, claims, memory)
    if not said and memory.claims and understood.intent in FOLLOW_UPS and points_back(understood.text):
        return follow_up(library, understood.intent, memory)
    if not said and _asks_for_fact(library, understood):
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


def _asks_for_fact(library: Library, understood: Understood) -> bool:
    """Return whether a question is one for a fact, though it sounds like one for a claim's truth.

    The fact is one of the claim's, or the claim is in doubt.
    """
    fact = fact_of(understood.intent, library.facts)
    if not fact or understood.confidence < FACT_OVER_ASKED_CLAIM:
        return False
    sure = [claim for claim in understood.claims if claim.probability >= SURE_OF_CLAIM]
    return not sure or any(fact in library.claim_types[claim.type].facts for claim in sure)


def _reply_to_question(library: Library, understood: Understood, memory: Memory) -> Reply:
    if understood.intent == SHARE_HOPE and understood.confidence >= SURE:
        return answer_facts(library, HOPE_FACTS, memory, lead="share-hope")
    if understood.intent in FOLLOW_UPS and not (memory.facts or memory.judged):
        # "where do they com from" with nothing before it is no question for the source
        alone = understood.without(*FOLLOW_UPS)
        if fact_of(alone.intent, library.facts) and dict(understood.ranking)[alone.intent] >= SURE:
            understood = alone
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
    is_unclear = understood.intent == UNCLEAR or understood.confidence < SURE
    if is_unclear and memory.kind == "verdict" and points_back(understood.text):
        return follow_up(library, "ask_verdict", memory)
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
