"""Verdicts on claims: one card for each kind of claim, the gravest first, numbered as on the screen."""

from collections.abc import Collection, Sequence
from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.content.situation_schema import markers_of, without_markers
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite, cite_markers, fit_updates, overdue_note, told_in_full, updates_paragraphs
from stemcheck.replies.claim_cards import describe_claim, gravity
from stemcheck.replies.claim_words import NEWER, list_claims, quote, spoken
from stemcheck.replies.clearest_words import narrow_quotes
from stemcheck.replies.situation_answer import buttons, suggest_situations

AFTER_FLAGGED = ("clinics/start-clinic-check", "clinics/questions-for-clinic", "person-and-privacy/talk-to-person")
UPDATE_ON_TRANSPLANTS = "ahsct-accepted"
OF_THEIR_OWN = frozenset({"may-help"})  # kinds of claims with leads of their own: a hope is no "yes"

Cards = Sequence[dict[str, Any]]
Outcome = tuple[Answer, DialogueState]


def judge_claims(
    library: Library,
    claims: Sequence[FoundClaim],
    state: DialogueState,
    *,
    lead: str = "",
    situation: str = "",
    feeling: str = "",
    beside: str = "",
    unfitting: Collection[str] = (),
    newer: Collection[str] = (),
    is_own_team: bool = True,
    names_clinic: bool = False,
    is_brief: bool = False,
    keeps_numbers: bool = False,
) -> Outcome:
    """Return the verdicts on one or a few claims.

    `lead` is the id of a reply that opens them. `feeling` is met before it, and so is `beside`, a question of the visitor's own,
    where the source does not back the claims. Where claims are only asked, a sure `situation` gives the words. `unfitting` are
    updates that speak of other cells. `newer` are the types that the visitor's own team claims of a transplant, where the source
    is older than what is said; without `is_own_team` an MS organisation or a study does. `names_clinic` tells that a clinic is
    spoken of beside them. `is_brief` leaves out the reasons. `keeps_numbers` leaves the numbering of claims judged before as it is.
    """
    picker = WordingPicker(library, state)
    told = [describe_claim(library, claim, is_newer=claim.type in newer) for claim in claims]
    cards = rank_cards(narrow_quotes(library, told))
    is_asked = all(card["mode"] == "asked" for card in cards)
    is_newer = all(card["verdict"] == NEWER for card in cards)
    opening = meet(library, picker, cards, feeling, beside)
    if situation and is_asked and not lead and not is_newer:
        intro, cited = _in_words_of(library, picker, situation, cards, state)
        said: list[str] = []
    else:
        intro = picker.say(lead) if lead else introduce(picker, cards, is_own_team)
        cited = _cite_cards(library, cards, state, is_brief=is_brief)
        said = _chat_texts(picker, cards, is_led=bool(lead), is_brief=is_brief)
    woven = cited.pop("woven", ())
    cited["updates"] = tuple(one for one in cited["updates"] if one["id"] not in unfitting or is_newer)
    intro = paragraphs(opening, intro, picker.say("newer-no-clinic") if is_newer and names_clinic else "")
    cited["updates"] = fit_updates(library, cited["updates"], [intro, *said], woven=woven)
    opened = intro
    updates = updates_paragraphs(cited["updates"], woven=woven)
    if len(cards) == 1 and not is_newer and not lead:
        # a single claim is answered in one paragraph
        opened, said = " ".join(filter(None, [intro, *said])), []
    text = paragraphs(
        opened,
        # what is newer stands before words that our old source cannot judge
        *([*updates, *said] if is_newer else [*said, *updates]),
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
    updates_told = tuple(dict.fromkeys((*state.told_updates, *told_in_full(cited["updates"], woven=woven))))
    # one thing asked after an advert does not end the talk about the advert: "and the third?"
    keeps = keeps_numbers or (is_asked and len(state.judged) > len(cards))
    return answer, picker.remember(
        state,
        kind="verdict",
        situations=(situation,) if situation else (),
        facts=cited["facts"],
        claims=kept,
        judged=state.judged if keeps else kept,
        newer=state.newer if keeps else tuple(card["type"] for card in cards if card["verdict"] == NEWER),
        offered=(),
        told_updates=updates_told,
    )


def rank_cards(cards: Cards) -> list[dict[str, Any]]:
    """Return one card for each kind of claim, with its clearest words, the gravest first."""
    best: dict[str, dict[str, Any]] = {}
    for card in cards:
        known = best.get(card["type"])
        if known is None or (known["mode"] == "asked" and card["mode"] != "asked"):
            best[card["type"]] = card
    return sorted(best.values(), key=gravity)


def meet(library: Library, picker: WordingPicker, cards: Cards, feeling: str = "", beside: str = "") -> str:
    """Return what is said to the visitor before the verdict: to a feeling, and to a question of their own beside the claims."""
    is_doubted = bool(cards) and all(library.verdicts[card["verdict"]].flagged for card in cards)
    felt = picker.say(f"feeling-{feeling}") if feeling else ""
    return " ".join(filter(None, [felt, picker.say(f"beside-{beside}") if beside and is_doubted else ""]))


def introduce(picker: WordingPicker, cards: Cards, is_own_team: bool = True) -> str:
    """Return the sentence before the reasons: what matters most of the claims; a single one is named in the visitor's words."""
    if all(card["verdict"] == NEWER for card in cards):
        return picker.say("verdict-lead-newer" if is_own_team else "verdict-lead-newer-published")
    kind = cards[0]["type"] if cards[0]["type"] in OF_THEIR_OWN else cards[0]["verdict"]
    if all(card["mode"] == "asked" for card in cards):
        return picker.say(f"verdict-asked-{kind}")
    if len(cards) > 1:
        flagged = sum(1 for card in cards if card["flagged"])
        return picker.say("verdict-lead-several" if flagged else "verdict-lead-several-fair", claims=len(cards))
    return picker.say(f"verdict-lead-{kind}", claim=spoken(cards[0]["text"]))


def _chat_texts(picker: WordingPicker, cards: Cards, *, is_led: bool, is_brief: bool) -> list[str]:
    """Return what follows the opening: of a single claim sentences, of several a numbered list."""
    if len(cards) > 1:
        return list_claims(cards, is_brief=is_brief)
    (card,) = cards
    if card["verdict"] == NEWER:
        return [f"“{quote(card['text'])}”"]
    verdict = introduce(picker, cards) if is_led else ""
    return [" ".join(filter(None, [verdict, "" if is_brief else str(card["reason"])]))]


def claim_texts(cards: Cards, *, is_brief: bool = False) -> list[str]:
    """Return a paragraph for each claim, numbered where there are several; a brief one without the reason."""
    numbered = len(cards) > 1
    return [
        f"{f'{number}. ' if numbered else ''}“{quote(card['text'])}”\n{_verdict_line(card, is_brief)}"
        for number, card in enumerate(cards, start=1)
    ]


def _verdict_line(card: dict[str, Any], is_brief: bool) -> str:
    line = f"{card['label']}: {card['verdict_label']}."
    # of what is newer the update says all there is to say
    return line if is_brief or card["verdict"] == NEWER else f"{line} {card['reason']}"


def _cite_cards(library: Library, cards: Cards, state: DialogueState, *, is_brief: bool) -> dict[str, Any]:
    """Return what backs the verdicts: the facts that their reasons state, and the update where one is newer."""
    stated = [card for card in cards if card["verdict"] != NEWER] if not is_brief else []
    facts = tuple(dict.fromkeys(fact for card in stated for fact in card["facts"]))
    newer = [UPDATE_ON_TRANSPLANTS] if any(card["verdict"] == NEWER for card in cards) else []
    return {"facts": facts, "guidance": (), **cite(library, facts, told=state.told_updates, also=newer)}


def keep_claims(cards: Cards) -> tuple[dict[str, Any], ...]:
    """Return what is remembered of claims."""
    return tuple({key: card[key] for key in ("type", "mode", "text", "start", "end")} for card in cards)


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
