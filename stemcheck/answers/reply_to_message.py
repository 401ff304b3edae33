"""The reply to a message when nothing else is going on: which of the answers fits what was understood."""

import re
from collections.abc import Callable
from dataclasses import replace

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.alarms import alarm_of, alarm_of_claims, follow_card, show_card
from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import (
    SURE,
    UNSURE,
    choose_facts,
    facts_at_border,
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
from stemcheck.answers.reply_to_claims import reply_to_claims
from stemcheck.answers.reply_to_statement import reply_to_statement
from stemcheck.answers.small_replies import SMALL_TALK, ask_back, decline, small_talk
from stemcheck.answers.topic_in_mind import points_back, with_topic_in_mind
from stemcheck.answers.unclear_claim import answer_unclear_claim
from stemcheck.answers.understood import CHECK_CLAIM, OUT_OF_SCOPE_PREFIX, Understood, fact_of
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
# "the other kind" cannot be what was told just now, whatever the network reads
OTHER_KIND = re.compile(r"\bother (kind|sort|type|one)s?\b", re.IGNORECASE)
UNCLEAR = f"{OUT_OF_SCOPE_PREFIX}unclear"


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
    if understood.intent == CHECK_CLAIM and not understood.possible and understood.confidence < UNSURE:
        # nothing was found that may be a claim: "you've been a great help, good night" is what it sounds like next
        understood = understood.without(CHECK_CLAIM)
    if understood.claim_question in ("is-it-true", "told-right"):
        return follow_up(library, "ask_verdict", memory)
    pointed_at = pick(understood.text, memory.listed, memory.facts) if len(understood.text) <= LONGEST else None
    if pointed_at:
        reply = answer_facts(library, [pointed_at], memory)
        return reply[0], replace(reply[1], listed=memory.listed)
    if understood.intent in SERVICES:
        return SERVICES[understood.intent](library, settings, memory)
    statement = reply_to_statement(library, understood, memory)
    if statement:
        return statement
    if understood.intent in SMALL_TALK:
        is_after_card = memory.kind == "safety" and understood.intent in AFTER_CARD
        return small_talk(library, "after-safety" if is_after_card else SMALL_TALK[understood.intent], memory)
    if is_advert(understood.text) and not choose_facts(library, understood):
        return report_advert(library, understood.text, [], memory)
    return _reply_to_question(library, with_topic_in_mind(library, understood, memory), memory)


def _reply_to_question(library: Library, understood: Understood, memory: Memory) -> Reply:
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
