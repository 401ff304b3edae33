"""When a message calls for a safety card, and what comes with the card."""

from dataclasses import replace

from stemcheck.answers.advert_report import is_advert, report_advert
from stemcheck.answers.answer import Answer
from stemcheck.answers.memory import Memory
from stemcheck.answers.safety import safety_answer
from stemcheck.answers.understood import SAFETY_PREFIX, Understood
from stemcheck.answers.verdicts import judge_claims, keep_claims
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.settings import Settings

CRISIS, STOPPED_MEDICINE = "crisis", "stopped-medicine"
SURE_OF_SAFETY = 0.5  # where the plain rule is silent, the network alone needs this confidence to show a card
SURE_BESIDE_CLAIMS = 0.8  # and this one when the message holds a claim: "the relapses are over" sounds like many things


def alarm_of(understood: Understood) -> str:
    """Return the id of the safety card that a message calls for, by the plain rule or by the network; "" for none."""
    if understood.safety or not understood.intent.startswith(SAFETY_PREFIX):
        return understood.safety
    card = understood.intent.removeprefix(SAFETY_PREFIX)
    is_beside_claims = understood.claims and card != STOPPED_MEDICINE
    return card if understood.confidence >= (SURE_BESIDE_CLAIMS if is_beside_claims else SURE_OF_SAFETY) else ""


def alarm_in_note(understood: Understood) -> str:
    """Return the id of the card that a note to the team calls for: by the plain rule, or for a crisis that the network hears.

    The network takes "Ada, 020 7946 0018, in the morning" for an emergency.
    """
    card = alarm_of(understood)
    return card if understood.safety or card == CRISIS else ""


def alarm_of_claims(library: Library, understood: Understood) -> str:
    """Return the id of the safety card that goes with a claim: "they took me off my tablets"; "" for none."""
    cards = (library.claim_types[claim.type].safety for claim in understood.claims if claim.mode != "asked")
    return next((card for card in cards if card), "")


def show_card(
    library: Library, settings: Settings, understood: Understood, memory: Memory, card: str
) -> tuple[Answer, Memory]:
    """Return the safety card. Claims beside it are kept for "so was it right what they told me?".

    Words that tell somebody to leave their medicine bring the card and then the verdict on them; in danger the card stands alone.
    """
    answer, remembered = safety_answer(library, card, memory, settings.country, understood.region)
    claims = keep_claims([claim.as_dict() for claim in understood.claims])
    if card == STOPPED_MEDICINE and claims:
        answer = replace(answer, following=_judge(library, understood, memory))
    return answer, replace(remembered, judged=claims or remembered.judged)


def follow_card(library: Library, settings: Settings, understood: Understood, memory: Memory) -> tuple[Answer, Memory]:
    """Return the reply to "why?" after a card: the verdict on the claim that is named or that brought the card, else the card again."""
    judged = [FoundClaim(**claim) for claim in memory.judged]
    named = [claim for claim in judged if claim.type in understood.subjects]
    about = named or [claim for claim in judged if library.claim_types[claim.type].safety == memory.topic]
    if about:
        return judge_claims(library, about, memory)
    return safety_answer(library, memory.topic, memory, settings.country, understood.region)


def _judge(library: Library, understood: Understood, memory: Memory) -> Answer:
    if is_advert(understood.text):
        return report_advert(library, understood.text, understood.claims, memory, after_card=True)[0]
    return judge_claims(library, understood.claims, memory)[0]
