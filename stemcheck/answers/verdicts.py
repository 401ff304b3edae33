"""Judge the claims of a message: the visitor's words, the verdict, the reason, the facts."""

from collections.abc import Sequence
from typing import Any

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.citations import cite, overdue_note, update_text
from stemcheck.answers.claim_cards import describe_claim
from stemcheck.answers.facts import MOST_FACTS
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.suggestions import suggest_facts, suggest_next
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library

LONGEST_QUOTE = 160  # characters; a longer claim is quoted with an ellipsis

Cards = Sequence[dict[str, Any]]


def judge_claims(
    library: Library, claims: Sequence[FoundClaim], memory: Memory, *, also: Sequence[str] = (), lead: str = ""
) -> tuple[Answer, Memory]:
    """Return the verdicts on one or a few claims. `also` are facts that the same message asked for besides."""
    voice = Voice(library, memory)
    cards = [describe_claim(library, claim) for claim in claims]
    intro = voice.say(lead) if lead else introduce(voice, cards)
    asked = [library.facts[fact_id].statement for fact_id in list(dict.fromkeys(also))[:MOST_FACTS]]
    facts = tuple(dict.fromkeys([*(fact for card in cards for fact in card["facts"]), *also]))
    cited = cite(library, facts)
    text = paragraphs(
        intro, *claim_texts(cards), *asked, update_text(voice, cited["updates"]), overdue_note(voice, cited["sources"])
    )
    answer = Answer(
        "verdict",
        text,
        facts=facts,
        claims=tuple(cards),
        suggestions=_suggestions(library, cards, facts),
        extra={"intro": intro},
        **cited,
    )
    return answer, remember_claims(voice, memory, cards, facts)


def introduce(voice: Voice, cards: Cards) -> str:
    """Return the sentence before the claims."""
    if all(card["mode"] == "asked" for card in cards):
        return voice.say("asked-lead")
    if len(cards) > 1:
        return voice.say("claims-lead", claims=len(cards))
    return voice.say("reported-lead" if cards[0]["mode"] == "reported" else "claim-lead")


def claim_texts(cards: Cards) -> list[str]:
    """Return a paragraph for each claim; claims of the same type share one reason."""
    texts: list[str] = []
    for card in cards:
        same = [other for other in cards if other["reason"] == card["reason"]]
        if same[0] is card:
            quotes = " / ".join(dict.fromkeys(f"“{_quote(other['text'])}”" for other in same))
            texts.append(f"{quotes}\n{card['label']}: {card['verdict_label']}. {card['reason']}")
    return texts


def remember_claims(voice: Voice, memory: Memory, cards: Cards, facts: Sequence[str]) -> Memory:
    """Return the memory after a verdict: which claims were judged, in whose words."""
    kept = keep_claims(cards)
    # one thing asked after an advert does not end the talk about the advert: "and the third?"
    only_asks = all(card["mode"] == "asked" for card in cards) and len(memory.judged) > len(cards)
    return voice.remember(
        memory,
        kind="verdict",
        facts=tuple(facts),
        claims=kept,
        judged=memory.judged if only_asks else kept,
        listed=(),
        topic="",
    )


def keep_claims(cards: Cards) -> tuple[dict[str, Any], ...]:
    """Return what is remembered of claims."""
    return tuple({key: card[key] for key in ("type", "mode", "text", "start", "end")} for card in cards)


def _quote(text: str) -> str:
    flat = " ".join(text.split()).strip("\"'“”‘’")
    return flat if len(flat) <= LONGEST_QUOTE else flat[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _suggestions(library: Library, cards: Cards, facts: Sequence[str]) -> tuple[dict[str, str], ...]:
    following = [next_id for fact_id in facts for next_id in library.facts[fact_id].next]
    if any(card["flagged"] for card in cards):
        return (*suggest_next(library, "clinic-check", "source"), *suggest_facts(library, following, without=facts)[:1])
    return suggest_facts(library, following, without=facts)
