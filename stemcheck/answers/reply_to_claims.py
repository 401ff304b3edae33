"""The reply to a message with claims: verdicts, a report, or the fact that it really asks for."""

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.answer import Answer
from stemcheck.answers.choose_facts import choose_facts, facts_beside_claims
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.follow_up import FOLLOW_UPS, follow_up
from stemcheck.answers.memory import Memory
from stemcheck.answers.topic_in_mind import points_back, with_topic_in_mind
from stemcheck.answers.understood import CHECK_CLAIM, Understood, fact_of
from stemcheck.answers.verdicts import judge_claims
from stemcheck.content.library import Library

Reply = tuple[Answer, Memory]

DOUBTFUL = 0.5  # a claim asked about with less probability gives way to the last answer's topic
SURE_OF_CLAIM = 0.8  # "can anyone promise me that?" is judged, however near a fact seems
FACT_OVER_ASKED_CLAIM = 0.5  # a question counts as one for a fact, not for a claim's truth, from this confidence on


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
