"""Verdicts on claims: one card for each kind of claim, the gravest first, numbered as on the screen."""

from collections.abc import Sequence
from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.content.situation_schema import markers_of, without_markers
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite, cite_markers, fit_updates, overdue_note, told_in_full, updates_paragraphs
from stemcheck.replies.claim_cards import describe_claim, gravity
from stemcheck.replies.situation_answer import buttons, suggest_situations

MAX_QUOTE_CHARS = 160  # a longer claim is quoted with an ellipsis
AFTER_FLAGGED = ("clinics/start-clinic-check", "clinics/questions-for-clinic", "person-and-privacy/talk-to-person")
NEWER = "newer"

Cards = Sequence[dict[str, Any]]
Outcome = tuple[Answer, DialogueState]


def judge_claims(
    library: Library,
    claims: Sequence[FoundClaim],
    state: DialogueState,
    *,
    lead: str = "",
    situation: str = "",
    is_newer: bool = False,
    keeps_numbers: bool = False,
) -> Outcome:
    """Return the verdicts on one or a few claims.

    `lead` is the id of a reply that opens them. Where claims are only asked, a sure `situation` gives the words. `is_newer`
    says that the visitor's own team speaks of AHSCT, where the source is older than what is said. `keeps_numbers` leaves the
    numbering of claims judged before as it is.
    """
    picker = WordingPicker(library, state)
    cards = rank_cards([describe_claim(library, claim, is_newer=is_newer) for claim in claims])
    is_asked = all(card["mode"] == "asked" for card in cards)
    if situation and is_asked and not lead:
        intro, cited = _in_words_of(library, picker, situation, cards, state)
        said: list[str] = []
    else:
        intro = picker.say(lead) if lead else introduce(picker, cards)
        facts = tuple(dict.fromkeys(fact for card in cards for fact in card["facts"]))
        cited = {"facts": facts, "guidance": (), **cite(library, facts, told=state.told_updates)}
        said = claim_texts(cards)
    woven = cited.pop("woven", ())
    cited["updates"] = fit_updates(library, cited["updates"], [intro, *said], woven=woven)
    text = paragraphs(
        intro,
        *said,
        *updates_paragraphs(cited["updates"], woven=woven),
        overdue_note(picker, cited["sources"]),
    )
    answer = Answer(
        "verdict",
        text,
        claims=tuple(cards),
        suggestions=_suggestions(library, cards, situation),
        extra={"intro": intro},
        **cited,
    )
    kept = keep_claims(cards)
    told = tuple(dict.fromkeys((*state.told_updates, *told_in_full(cited["updates"], woven=woven))))
    # one thing asked after an advert does not end the talk about the advert: "and the third?"
    keeps = keeps_numbers or (is_asked and len(state.judged) > len(cards))
    return answer, picker.remember(
        state,
        kind="verdict",
        situations=(situation,) if situation else (),
        facts=cited["facts"],
        claims=kept,
        judged=state.judged if keeps else kept,
        offered=(),
        told_updates=told,
    )


def rank_cards(cards: Cards) -> list[dict[str, Any]]:
    """Return one card for each kind of claim, with its clearest words, the gravest first."""
    best: dict[str, dict[str, Any]] = {}
    for card in cards:
        known = best.get(card["type"])
        if known is None or (known["mode"] == "asked" and card["mode"] != "asked"):
            best[card["type"]] = card
    return sorted(best.values(), key=gravity)


def introduce(picker: WordingPicker, cards: Cards) -> str:
    """Return the sentence before the claims: what matters most of them."""
    if all(card["verdict"] == NEWER for card in cards):
        return picker.say("verdict-lead-newer")
    if all(card["mode"] == "asked" for card in cards):
        return picker.say(f"verdict-asked-{cards[0]['verdict']}")
    if len(cards) > 1:
        flagged = sum(1 for card in cards if card["flagged"])
        return picker.say("verdict-lead-several" if flagged else "verdict-lead-several-fair", claims=len(cards))
    return picker.say(f"verdict-lead-{cards[0]['verdict']}")


def claim_texts(cards: Cards) -> list[str]:
    """Return a paragraph for each claim, numbered where there are several."""
    numbered = len(cards) > 1
    return [
        f"{f'{number}. ' if numbered else ''}“{quote(card['text'])}”\n{card['label']}: {card['verdict_label']}. {card['reason']}"
        for number, card in enumerate(cards, start=1)
    ]


def keep_claims(cards: Cards) -> tuple[dict[str, Any], ...]:
    """Return what is remembered of claims."""
    return tuple({key: card[key] for key in ("type", "mode", "text", "start", "end")} for card in cards)


def quote(text: str) -> str:
    """Return the words of a claim in one line, cut where they are long."""
    flat = " ".join(text.split()).strip("\"'“”‘’")
    return flat if len(flat) <= MAX_QUOTE_CHARS else flat[:MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _in_words_of(
    library: Library, picker: WordingPicker, name: str, cards: Cards, state: DialogueState
) -> tuple[str, dict[str, Any]]:
    situation = library.situations[name]
    raw = picker.pick(f"situation/{name}", situation.replies)
    markers = markers_of(raw)
    cited = cite_markers(library, markers, told=state.told_updates)
    return without_markers(raw), {**cited, "woven": markers}


def _suggestions(library: Library, cards: Cards, situation: str) -> tuple[dict[str, str], ...]:
    if situation:
        return suggest_situations(library, [library.situations[situation]])
    return buttons(library, AFTER_FLAGGED) if any(card["flagged"] for card in cards) else ()
