"""The report on a pasted advert: summary, each claim, what it is silent about, what to ask, a neutral closing."""

from collections.abc import Sequence
from typing import Any

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.citations import cite, overdue_note, update_text
from stemcheck.answers.claim_cards import describe_claim, safety_texts
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.suggestions import suggest_next
from stemcheck.answers.verdicts import claim_texts, remember_claims
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.content.schema_guidance import Question, Silence
from stemcheck.content.silence_rule import find_silences, is_offer

LENGTH = 280  # characters; a shorter message is talk, a longer one a text that somebody pasted
MOST_QUESTIONS = 6


def is_advert(text: str) -> bool:
    """Return whether a message is long enough to be a pasted text."""
    return len(text) >= LENGTH


def report_advert(
    library: Library, text: str, claims: Sequence[FoundClaim], memory: Memory, *, after_card: bool = False
) -> tuple[Answer, Memory]:
    """Return the report on a pasted text, also when no claim was found in it; after a safety card it does not warn again."""
    voice = Voice(library, memory)
    cards = [describe_claim(library, claim) for claim in claims if claim.mode != "asked"]
    silences = find_unsaid(library, text, cards)
    summary = _summarise(voice, cards, has_questions=bool(silences))
    questions = choose_questions(library, cards, silences)
    intro = paragraphs(summary, *([] if after_card else safety_texts(library, cards)))
    facts = tuple(dict.fromkeys(fact for card in cards for fact in card["facts"]))
    cited = cite(library, facts)
    closing = voice.say("advert-closing")
    text_of_report = paragraphs(
        intro,
        *claim_texts(cards),
        _list(voice.say("silences-lead"), [f"{silence.label}. {silence.why}" for silence in silences]),
        _list(voice.say("questions-lead"), [question.question for question in questions]),
        update_text(voice, cited["updates"]),
        closing,
        overdue_note(voice, cited["sources"]),
    )
    report = {
        "summary": summary,
        "silences": [{"id": silence.id, "label": silence.label, "why": silence.why} for silence in silences],
        "questions": [
            {"id": question.id, "question": question.question, "why": question.why} for question in questions
        ],
        "closing": closing,
    }
    answer = Answer(
        "verdict",
        text_of_report,
        facts=facts,
        claims=tuple(cards),
        suggestions=suggest_next(library, "clinic-check", "source"),
        extra={"intro": intro, "report": report},
        **cited,
    )
    return answer, remember_claims(voice, memory, cards, facts)


def find_unsaid(library: Library, text: str, cards: Sequence[dict[str, Any]]) -> list[Silence]:
    """Return what an offer leaves unsaid; nothing for a text without claims that is no offer at all."""
    return find_silences(library.silences, text) if cards or is_offer(text) else []


def choose_questions(library: Library, cards: Sequence[dict[str, Any]], silences: Sequence[Silence]) -> list[Question]:
    """Return the questions for this clinic: one of each claim type first, then the silences', then the claims' others."""
    wanted = [library.claim_types[card["type"]].questions for card in cards if card["flagged"]]
    first = [ids[0] for ids in wanted if ids]
    rest = [name for ids in wanted for name in ids[1:]]
    ids = dict.fromkeys([*first, *(silence.question for silence in silences), *rest])
    return [library.questions[name] for name in list(ids)[:MOST_QUESTIONS]]


def _summarise(voice: Voice, cards: Sequence[dict[str, Any]], *, has_questions: bool) -> str:
    flagged = sum(1 for card in cards if card["flagged"])
    if not cards:
        return voice.say("nothing-flagged" if has_questions else "nothing-to-check")
    if not flagged:
        return voice.say("advert-none-flagged", claims=_count(len(cards)))
    if len(cards) == 1:
        return voice.say("advert-summary-one")
    return voice.say("advert-summary", claims=len(cards), flagged=flagged)


def _count(claims: int) -> str:
    return "one claim" if claims == 1 else f"{claims} claims"


def _list(lead: str, items: Sequence[str]) -> str:
    return "\n".join([lead, *(f"- {item}" for item in items)]) if items else ""
