"""The report on a pasted text: what matters most and what to do now, each kind of claim, what it leaves out, what to ask."""

from collections.abc import Sequence
from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.content.schema_guidance import Question, Silence
from stemcheck.content.silence_rule import find_silences, is_offer
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite_markers, fit_updates, overdue_note, told_in_full, updates_paragraphs
from stemcheck.replies.claim_cards import describe_claim, safety_texts
from stemcheck.replies.clearest_words import narrow_quotes
from stemcheck.replies.situation_answer import buttons
from stemcheck.replies.verdicts import AFTER_FLAGGED, claim_texts, keep_claims, meet, rank_cards
from stemcheck.replies.warning_signs import describe_red_flags, guidance_markers, warning_line

MIN_TEXT_CHARS = 280  # a shorter message is talk, a longer one may be a text that somebody pasted
MAX_QUESTIONS = 6


def is_long(text: str) -> bool:
    """Return whether a text is long enough to be told what it leaves unsaid."""
    return len(text) >= MIN_TEXT_CHARS


def report_text(
    library: Library,
    text: str,
    claims: Sequence[FoundClaim],
    state: DialogueState,
    *,
    after_card: bool = False,
    beside: str = "",
) -> tuple[Answer, DialogueState]:
    """Return the report on a pasted text, also when no claim was found in it; after a safety card it does not warn again.

    `beside` is a question of the visitor's own, which is met first.
    """
    picker = WordingPicker(library, state)
    said = [describe_claim(library, claim) for claim in claims if claim.mode != "asked"]
    cards = rank_cards(narrow_quotes(library, said))
    signs = describe_red_flags(library, text)
    silences = find_unsaid(library, text, cards)
    summary = summarise(picker, cards, signs, has_questions=bool(silences))
    questions = choose_questions(library, cards, silences, signs)
    intro = paragraphs(
        meet(library, picker, cards, beside=beside), summary, *([] if after_card else safety_texts(library, cards))
    )
    facts = tuple(dict.fromkeys(fact for card in cards for fact in card["facts"]))
    cited = cite_markers(library, [*facts, *guidance_markers(signs)], told=state.told_updates)
    cited["updates"] = fit_updates(library, cited["updates"], [intro, *claim_texts(cards)])
    closing = picker.say("advert-closing")
    whole = paragraphs(
        intro,
        *claim_texts(cards),
        _list(picker.say("warnings-lead"), [warning_line(sign) for sign in signs]),
        _list(picker.say("silences-lead"), [f"{silence.label}. {silence.why}" for silence in silences]),
        _list(picker.say("questions-lead"), [question.question for question in questions]),
        *updates_paragraphs(cited["updates"]),
        closing,
        overdue_note(picker, cited["sources"]),
    )
    report = {
        "summary": summary,
        "warnings": [_warning(sign) for sign in signs],
        "silences": [{"id": silence.id, "label": silence.label, "why": silence.why} for silence in silences],
        "questions": [{"id": item.id, "question": item.question, "why": item.why} for item in questions],
        "closing": closing,
    }
    answer = Answer(
        "verdict",
        whole,
        claims=tuple(cards),
        suggestions=buttons(library, AFTER_FLAGGED),
        extra={"intro": intro, "report": report},
        **cited,
    )
    kept = keep_claims(cards)
    told = tuple(dict.fromkeys((*state.told_updates, *told_in_full(cited["updates"]))))
    changes = {
        "kind": "verdict",
        "situations": (),
        "facts": facts,
        "claims": kept,
        "judged": kept,
        "newer": (),
        "offered": (),
    }
    return answer, picker.remember(state, told_updates=told, **changes)


def find_unsaid(library: Library, text: str, cards: Sequence[dict[str, Any]]) -> list[Silence]:
    """Return what an offer leaves unsaid; nothing for a text without claims that is no offer at all."""
    return find_silences(library.silences, text) if cards or is_offer(text) else []


def choose_questions(
    library: Library,
    cards: Sequence[dict[str, Any]],
    silences: Sequence[Silence],
    signs: Sequence[dict[str, Any]] = (),
) -> list[Question]:
    """Return the questions for this clinic: one of each claim type first, then the red flags' and the silences', then the rest."""
    wanted = [library.claim_types[card["type"]].questions for card in cards if card["flagged"]]
    first = [ids[0] for ids in wanted if ids]
    rest = [name for ids in wanted for name in ids[1:]]
    asked = [sign["question"] for sign in signs]
    ids = dict.fromkeys([*first, *asked, *(silence.question for silence in silences), *rest])
    return [library.questions[name] for name in list(ids)[:MAX_QUESTIONS]]


def summarise(
    picker: WordingPicker, cards: Sequence[dict[str, Any]], signs: Sequence[dict[str, Any]], *, has_questions: bool
) -> str:
    """Return what matters most in a text, in a sentence or two; `cards` are ranked."""
    flagged = [card for card in cards if card["flagged"]]
    if signs and not flagged:
        return picker.say("warnings-alone", worst=f"{signs[0]['label'][0].lower()}{signs[0]['label'][1:]}")
    if not cards:
        return picker.say("nothing-flagged" if has_questions else "nothing-to-check")
    if not flagged:
        return picker.say("advert-none-flagged", claims=_count(len(cards)))
    worst = f"{flagged[0]['label'][0].lower()}{flagged[0]['label'][1:]}"
    if len(flagged) == 1:
        return picker.say("advert-summary-one", worst=worst)
    return picker.say("advert-summary", flagged=len(flagged), worst=worst)


def _warning(sign: dict[str, Any]) -> dict[str, Any]:
    shown = {key: sign[key] for key in ("id", "why", "source", "start", "end", "text", "guidance")}
    return {**shown, "label": f"{sign['label']}: “{' '.join(sign['text'].split())}”"}


def _count(claims: int) -> str:
    return "one claim" if claims == 1 else f"{claims} claims"


def _list(lead: str, items: Sequence[str]) -> str:
    return "\n".join([lead, *(f"- {item}" for item in items)]) if items else ""
