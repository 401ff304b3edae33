"""Which facts a message asks for."""

from dataclasses import replace

from stemcheck.answers.facts import MOST_FACTS
from stemcheck.answers.understood import Understood, fact_of
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library

SURE = 0.30  # below this confidence the visitor is asked back
SURE_OF_PART = 0.60  # a second question counts from here on
# Shares of the best fact's confidence from which another one is told as well. Over held-out messages (make cross-validation) the
# fact asked for is then told in 92 of 100 instead of 90, and one reply in seven tells a second one.
RELATED_FACT, OTHER_FACT = 0.10, 0.25
UNSURE = 0.60  # from this confidence on the best fact is told, however near another one is
BORDER = 0.7  # share of the best fact's confidence from which another one is as likely
HINT = 0.05  # from this confidence on a statement that holds no question is taken to be about a fact
GUESS = 0.10  # a fact below this is not even offered


def choose_facts(library: Library, understood: Understood, *, sure: float = SURE, in_topic: bool = False) -> list[str]:
    """Return one to three facts if the message asks for facts: the best one, those nearly as likely, and its parts' own.

    One that goes with the best is told sooner, as is any when the message points back to the last answer.
    """
    best = fact_of(understood.intent, library.facts)
    of_parts = facts_of_parts(library, understood)
    if len(of_parts) > 1:
        return of_parts[:MOST_FACTS]
    if not best or understood.confidence < sure:
        return of_parts if of_parts and understood.confidence < sure else []
    told = [best]
    for intent, confidence in understood.ranking:
        fact = fact_of(intent, library.facts)
        goes_with = fact and (in_topic or are_related(library, best, fact))
        if fact and confidence >= understood.confidence * (RELATED_FACT if goes_with else OTHER_FACT):
            told.append(fact)
    return list(dict.fromkeys([*told, *of_parts]))[:MOST_FACTS]


def are_related(library: Library, fact_id: str, other_id: str) -> bool:
    """Return whether two facts go together in one answer: of one section, or one leads to the other, or of the two kinds of cells."""
    fact, other = library.facts[fact_id], library.facts[other_id]
    leads = other_id in (*fact.next, fact.other_kind) or fact_id in (*other.next, other.other_kind)
    return fact.section.id == other.section.id or leads


def facts_at_border(library: Library, understood: Understood) -> list[str]:
    """Return two facts between which nobody can tell: as likely as each other, neither sure, and about different things."""
    ranked = [(fact_of(intent, library.facts), confidence) for intent, confidence in understood.ranking[:2]]
    if len(ranked) < 2 or not all(fact for fact, _ in ranked) or facts_of_parts(library, understood):
        return []
    (best, sure), (other, near) = ranked
    is_border = SURE <= sure < UNSURE and near >= sure * BORDER and not are_related(library, best, other)
    return [best, other] if is_border else []


def facts_of_parts(library: Library, understood: Understood, *, sure: float = SURE_OF_PART) -> list[str]:
    """Return the facts that the parts of a message ask for with confidence, in the order of the parts."""
    found = [
        fact_of(intent, library.facts)
        for _, ranking in understood.parts
        for intent, _ in ranking[:1]
        if ranking and ranking[0][1] >= sure
    ]
    return list(dict.fromkeys(fact for fact in found if fact))


def fact_of_statement(library: Library, understood: Understood, *others: str) -> str:
    """Return the fact that a statement is about, "they only come from fat", or nothing; `others` are intents that statements have."""
    confidences = dict(understood.ranking)
    left = understood.without(*others)
    fact = fact_of(left.intent, library.facts)
    return fact if left.confidence >= SURE_OF_PART and confidences.get(left.intent, 0) >= HINT else ""


def facts_beside_claims(library: Library, understood: Understood, claims: list[FoundClaim]) -> list[str]:
    """Return the facts asked for in parts of the message that hold no claim, when no claim rests on them anyway."""
    covered = {fact for claim in claims for fact in library.claim_types[claim.type].facts}
    free = tuple(
        (text, ranking)
        for text, ranking in understood.parts
        if not any(text in claim.text or claim.text in text for claim in claims)
    )
    return [fact for fact in facts_of_parts(library, replace(understood, parts=free)) if fact not in covered]


def near_facts(library: Library, understood: Understood) -> list[str]:
    """Return the likeliest facts worth offering when none is sure."""
    ranked = [(fact_of(intent, library.facts), confidence) for intent, confidence in understood.ranking]
    return [fact for fact, confidence in ranked if fact and confidence >= GUESS][:MOST_FACTS]
